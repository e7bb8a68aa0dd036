#nullable disable
namespace DotNetty.Handlers.Timeout;

/// <summary>A write was not done within the time that a <see cref="WriteTimeoutHandler"/> allows.</summary>
public sealed class WriteTimeoutException : TimeoutException
{
    /// <summary>The one that the handler fires; it has no stack trace.</summary>
    public static readonly WriteTimeoutException Instance = new("A write was not done within the write timeout.");

    public WriteTimeoutException()
    {
    }

    public WriteTimeoutException(string message)
        : base(message)
    {
    }
}
