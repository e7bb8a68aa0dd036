namespace DotNetty.Transport.Channels;

/// <summary>The channel is connected already.</summary>
public class AlreadyConnectedException : Exception
{
    public AlreadyConnectedException()
        : base("The channel is connected already.")
    {
    }
}
