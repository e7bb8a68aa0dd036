#nullable disable
using DotNetty.Common.Utilities;

namespace DotNetty.Common.Internal;

/// <summary>Something characters can be added to.</summary>
public interface IAppendable
{
    IAppendable Append(char c);

    IAppendable Append(ICharSequence sequence);

    /// <summary>Appends the characters from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    IAppendable Append(ICharSequence sequence, int start, int end);
}
