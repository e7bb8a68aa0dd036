using DotNetty.Buffers;
using DotNetty.Common;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;

namespace EsockdNetty.Codecs.Tests.Pipeline;

[Collection(LeakCheckedCollection.Name)]
public sealed class PacketAllocationTests : IDisposable
{
    private const int PacketsARead = 16;
    private const int Reads = 2000;

    private readonly ResourceLeakDetector.DetectionLevel _levelBefore = ResourceLeakDetector.Level;

    // Samples of the leak detector are allocations too.
    public PacketAllocationTests() => ResourceLeakDetector.Level = ResourceLeakDetector.DetectionLevel.Disabled;

    public void Dispose() => ResourceLeakDetector.Level = _levelBefore;

    [Fact]
    public async Task Nothing_is_allocated_for_a_packet_received()
    {
        byte[] stream = Repeated([0, 3, 1, 2, 3]);

        long allocated = await OnALoop(() =>
        {
            EmbeddedChannel channel = new(new PacketDecoder(PacketType.Two), new Releases());
            return Allocated(() =>
            {
                channel.Pipeline.FireChannelRead(channel.Allocator.Buffer(stream.Length).WriteBytes(stream));
                channel.Pipeline.FireChannelReadComplete();
            });
        });

        Assert.InRange(allocated, 0, Reads * PacketsARead / 10);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(60_000)]
    public async Task Nothing_is_allocated_for_a_packet_sent(int length)
    {
        long allocated = await OnALoop(() =>
        {
            EmbeddedChannel channel = new(new SwallowsWrites(), new PacketEncoder(PacketType.Two));
            return Allocated(() =>
            {
                for (int i = 0; i < PacketsARead; i++)
                {
                    channel.Pipeline.Write(channel.Allocator.Buffer(length).SetWriterIndex(length));
                }

                channel.Pipeline.Flush();
            });
        });

        Assert.InRange(allocated, 0, Reads * PacketsARead / 10);
    }

    private static byte[] Repeated(byte[] packet) => [.. Enumerable.Repeat(packet, PacketsARead).SelectMany(bytes => bytes)];

    /// <summary>Only a loop's thread has a pool.</summary>
    private static async Task<long> OnALoop(Func<long> measure)
    {
        MultithreadEventLoopGroup loops = new(1);
        long allocated = await loops.GetNext().SubmitAsync(measure);
        await loops.ShutdownGracefullyAsync(TimeSpan.Zero, TimeSpan.FromSeconds(5));
        return allocated;
    }

    private static long Allocated(Action read)
    {
        Repeat(read);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(read);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Repeat(Action read)
    {
        for (int i = 0; i < Reads; i++)
        {
            read();
        }
    }

    private sealed class Releases : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message) => ((IByteBuffer)message).Release();
    }

    private sealed class SwallowsWrites : ChannelHandlerAdapter
    {
        public override Task WriteAsync(IChannelHandlerContext context, object message)
        {
            Write(context, message);
            return Task.CompletedTask;
        }

        public override void Write(IChannelHandlerContext context, object message) => ((IByteBuffer)message).Release();
    }
}
