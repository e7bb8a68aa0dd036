#nullable disable
namespace DotNetty.Transport.Channels;

/// <summary>A connection was not made within <see cref="IChannelConfiguration.ConnectTimeout"/>.</summary>
public class ConnectTimeoutException : IOException
{
    public ConnectTimeoutException()
    {
    }

    public ConnectTimeoutException(string message)
        : base(message)
    {
    }
}
