#nullable disable
namespace DotNetty.Handlers.Timeout;

/// <summary>Nothing was received for longer than a <see cref="ReadTimeoutHandler"/> allows.</summary>
public sealed class ReadTimeoutException : TimeoutException
{
    /// <summary>The one that the handler fires; it has no stack trace.</summary>
    public static readonly ReadTimeoutException Instance = new("Nothing was received within the read timeout.");

    public ReadTimeoutException()
    {
    }

    public ReadTimeoutException(string message)
        : base(message)
    {
    }
}
