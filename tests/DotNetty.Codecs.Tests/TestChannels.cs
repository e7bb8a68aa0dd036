using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Codecs.Tests;

internal static class TestChannels
{
    public static IByteBuffer Bytes(params byte[] bytes) => PooledByteBufferAllocator.Default.Buffer(Math.Max(1, bytes.Length)).WriteBytes(bytes);

    /// <summary>Makes the channel writable or not, as full and drained queues do.</summary>
    public static void SetWritable(this EmbeddedChannel channel, bool writable) => channel.Unsafe.OutboundBuffer.SetUserDefinedWritability(1, writable);

    /// <summary>Only what was asked for is read.</summary>
    public static EmbeddedChannel ReadOnDemand(params IChannelHandler[] handlers)
    {
        var channel = new EmbeddedChannel(EmbeddedChannelId.Instance, false, false, handlers);
        channel.Configuration.AutoRead = false;
        channel.Register();
        return channel;
    }
}
