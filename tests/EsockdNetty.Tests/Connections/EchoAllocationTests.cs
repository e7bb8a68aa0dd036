using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Common;
using DotNetty.Transport.Channels;
using EsockdNetty.Codecs;
using EsockdNetty.Tests.Support;
using EsockdNetty.TestSupport;

namespace EsockdNetty.Tests.Connections;

/// <summary>
/// What an echo by <c>Write</c> costs the loop's thread once everything is warm, with all stages of a server and over a connection. The leak
/// detector, which samples, is off, so nothing runs beside.
/// </summary>
[Collection(LeakCheckedCollection.Name)]
public sealed class EchoAllocationTests : IDisposable
{
    private const int Kibi = 1024;
    private const int Windows = 10;
    private const int BurstsAWindow = 60;

    private readonly ResourceLeakDetector.DetectionLevel _levelBefore = ResourceLeakDetector.Level;

    public EchoAllocationTests() => ResourceLeakDetector.Level = ResourceLeakDetector.DetectionLevel.Disabled;

    /// <summary>Packet type, bytes of a message, messages that are on their way at once.</summary>
    public static TheoryData<SocketTransport, string, int, int> Echoes
    {
        get
        {
            var echoes = new TheoryData<SocketTransport, string, int, int>();
            foreach (SocketTransport transport in (SocketTransport[])[SocketTransport.Epoll, SocketTransport.Sockets])
            {
                echoes.Add(transport, "raw", 64, 1);
                echoes.Add(transport, "raw", 16 * Kibi, 1);
                echoes.Add(transport, "2", 3 * Kibi, 1);
                foreach (int length in (int[])[64, 1 * Kibi, 3 * Kibi, 16 * Kibi, 60 * Kibi, 200 * Kibi])
                {
                    echoes.Add(transport, "4", length, 1);
                }

                echoes.Add(transport, "4", 64, 16);
                echoes.Add(transport, "4", 3 * Kibi, 16);
                echoes.Add(transport, "4", 16 * Kibi, 16);
            }

            return echoes;
        }
    }

    public void Dispose() => ResourceLeakDetector.Level = _levelBefore;

    [Theory]
    [MemberData(nameof(Echoes))]
    public Task A_message_costs_no_memory_in_steady_state(SocketTransport transport, string packet, int length, int messages)
    {
        PacketType type = PacketType.Parse(packet);
        return Measure(transport, type, length, messages, options => options.Packet = type);
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(3 * Kibi, 1)]
    [InlineData(16 * Kibi, 1)]
    [InlineData(200 * Kibi, 1)]
    [InlineData(3 * Kibi, 16)]
    public Task Nor_does_one_framed_by_length_fields(int length, int messages) => Measure(
        SocketTransport.Automatic,
        PacketType.Four,
        length,
        messages,
        static _ => { },
        new LengthFieldBasedFrameDecoder(256 * Kibi, 0, 4, 0, 4),
        new LengthFieldPrepender(4));

    private static async Task Measure(
        SocketTransport transport, PacketType type, int length, int messages, Action<ListenerOptions> configure, params IChannelHandler[] framing)
    {
        byte[] burst = [.. Enumerable.Repeat(Packet(type, length), messages).SelectMany(static bytes => bytes)];
        var echo = new MeasuredEcho(window: (long)BurstsAWindow * messages * length);
        await using OneListener server = await OneListener.OpenPipeline(
            pipeline => pipeline.AddLast([.. framing, echo]),
            configure,
            new SocketServerOptions { Transport = transport });
        using Peer peer = await server.Connect();

        for (int i = 0; i < Windows * BurstsAWindow; i++)
        {
            await Task.WhenAll(peer.Send(burst), peer.Receive(burst.Length));
        }

        IReadOnlyList<long> allocated = await echo.Allocated.WaitAsync(Eventually.Guard);
        Assert.Equal(0, allocated.Min());
    }

    private static byte[] Packet(PacketType type, int length)
    {
        var packet = new byte[type.HeaderLength + length];
        new PacketWriter(type).WriteHeader(packet, length);
        return packet;
    }

    /// <summary>Measures what each window of so many bytes has cost. A pool may grow in one of them; what a message costs, it costs in all.</summary>
    private sealed class MeasuredEcho(long window) : ChannelHandlerAdapter
    {
        private readonly TaskCompletionSource<IReadOnlyList<long>> _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<long> _allocated = new(Windows);
        private long _seen;
        private long _before;

        public Task<IReadOnlyList<long>> Allocated => _all.Task;

        public override void ChannelActive(IChannelHandlerContext context) => _before = GC.GetAllocatedBytesForCurrentThread();

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            _seen += ((IByteBuffer)message).ReadableBytes;
            if (_seen >= window * (_allocated.Count + 1))
            {
                EndWindow();
            }

            context.Write(message);
        }

        public override void ChannelReadComplete(IChannelHandlerContext context) => context.Flush();

        private void EndWindow()
        {
            long now = GC.GetAllocatedBytesForCurrentThread();
            _allocated.Add(now - _before);
            _before = now;
            if (_allocated.Count == Windows)
            {
                _all.SetResult(_allocated);
                _before = GC.GetAllocatedBytesForCurrentThread();
            }
        }
    }
}
