#nullable disable
namespace DotNetty.Transport.Channels;

/// <summary>An operation of a channel failed.</summary>
public class ChannelException : Exception
{
    public ChannelException()
    {
    }

    public ChannelException(string message)
        : base(message)
    {
    }

    public ChannelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ChannelException(Exception innerException)
        : base(innerException?.Message, innerException)
    {
    }
}
