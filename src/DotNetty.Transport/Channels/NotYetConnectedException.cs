namespace DotNetty.Transport.Channels;

/// <summary>The channel is not connected yet.</summary>
public class NotYetConnectedException : IOException
{
    public NotYetConnectedException()
        : this("The channel is not connected yet.")
    {
    }

    internal NotYetConnectedException(string message)
        : base(message)
    {
    }
}
