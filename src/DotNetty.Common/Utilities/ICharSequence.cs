#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>A readable run of characters that need not be a <see cref="string"/>.</summary>
public interface ICharSequence : IReadOnlyList<char>
{
    ICharSequence SubSequence(int start);

    /// <summary>The characters from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    ICharSequence SubSequence(int start, int end);

    /// <summary>The index of <paramref name="ch"/> at or after <paramref name="start"/>, or −1.</summary>
    int IndexOf(char ch, int start = 0);

    bool RegionMatches(int thisStart, ICharSequence seq, int start, int length);

    bool RegionMatchesIgnoreCase(int thisStart, ICharSequence seq, int start, int length);

    bool ContentEquals(ICharSequence other);

    bool ContentEqualsIgnoreCase(ICharSequence other);

    int HashCode(bool ignoreCase);

    string ToString(int start);

    string ToString();
}
