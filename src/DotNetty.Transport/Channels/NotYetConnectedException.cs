namespace DotNetty.Transport.Channels;

/// <summary>The channel is not connected yet.</summary>
public class NotYetConnectedException : IOException
{
    public NotYetConnectedException()
        : base("The channel is not connected yet.")
    {
    }
}
