#nullable disable
namespace DotNetty.Codecs;

/// <summary>Decides which names headers may have.</summary>
public interface INameValidator<T>
{
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    void ValidateName(T name);
}
