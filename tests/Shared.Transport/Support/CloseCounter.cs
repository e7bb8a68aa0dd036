using DotNetty.Transport.Channels;

namespace DotNetty.Transport.TestSupport;

/// <summary>Counts how often it is told of a channel's end.</summary>
public sealed class CloseCounter : ICloseListener
{
    private int _told;

    public int Told => Volatile.Read(ref _told);

    public void OnClosed(IChannel channel) => Interlocked.Increment(ref _told);
}
