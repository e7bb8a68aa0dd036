#nullable disable
namespace DotNetty.Codecs;

/// <summary>Allows every name but null.</summary>
public sealed class NullNameValidator<T> : INameValidator<T>
{
    internal static readonly NullNameValidator<T> Instance = new();

    public void ValidateName(T name)
    {
        if (name is null)
        {
            throw new ArgumentNullException(nameof(name));
        }
    }
}
