namespace DotNetty.Transport.Channels;

/// <summary>A connect is under way already.</summary>
public class ConnectionPendingException : Exception
{
    public ConnectionPendingException()
        : base("A connect is under way already.")
    {
    }
}
