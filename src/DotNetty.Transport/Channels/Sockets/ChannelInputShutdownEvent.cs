#nullable disable
namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// The user event of a channel with <see cref="ChannelOption.AllowHalfClosure"/> whose peer will send nothing more; it may still receive.
/// </summary>
public sealed class ChannelInputShutdownEvent
{
    public static readonly ChannelInputShutdownEvent Instance = new();

    private ChannelInputShutdownEvent()
    {
    }
}
