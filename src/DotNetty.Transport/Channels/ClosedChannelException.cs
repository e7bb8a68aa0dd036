#nullable disable
namespace DotNetty.Transport.Channels;

/// <summary>The operation needs an open channel, and this one is closed or closing.</summary>
public class ClosedChannelException : IOException
{
    public ClosedChannelException()
        : base("The channel is closed.")
    {
    }

    public ClosedChannelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
