using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Codecs.Tests;

/// <summary>Not leak-checked: following every buffer costs what is measured here.</summary>
public sealed class DecodingCostTests
{
    [Fact]
    public void Decoding_allocates_nothing_once_it_runs()
    {
        object message = "message";
        var sink = new Sink();
        var channel = new EmbeddedChannel(
            new ScriptedDecoder((_, input, output) =>
            {
                input.SkipBytes(1);
                output.Add(message);
            }),
            sink);
        IByteBuffer bytes = Unpooled.WrappedBuffer(new byte[16]);
        Deliver(channel, bytes, 1000);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Deliver(channel, bytes, 1000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(2 * 16 * 1000, sink.Count);
        Assert.Equal(0, allocated);
    }

    private static void Deliver(EmbeddedChannel channel, IByteBuffer bytes, int times)
    {
        for (int i = 0; i < times; i++)
        {
            bytes.SetIndex(0, 16).Retain();
            channel.Pipeline.FireChannelRead(bytes);
            channel.Pipeline.FireChannelReadComplete();
        }
    }

    private sealed class Sink : ChannelHandlerAdapter
    {
        public int Count { get; private set; }

        public override void ChannelRead(IChannelHandlerContext context, object message) => Count++;
    }
}
