namespace DotNetty.Transport.Channels;

/// <summary>
/// Told by the transport, once, that a channel has been closed to the end: also one that was refused, never registered, or whose registration
/// failed. What a connection was given is given back here.
/// </summary>
public interface ICloseListener
{
    /// <summary>The descriptor is closed. Called on the channel's loop, or on the closing thread where it has none.</summary>
    void OnClosed(IChannel channel);
}
