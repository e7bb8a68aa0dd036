using System.Buffers;
using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace EsockdNetty.Codecs.Tests.Pipeline;

public sealed class PacketsOverSocketsTests : IAsyncLifetime
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    private readonly MultithreadEventLoopGroup _loops = new(1);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _loops.ShutdownGracefullyAsync(TimeSpan.Zero, Guard);

    [Theory]
    [InlineData("raw")]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("2le")]
    [InlineData("4")]
    [InlineData("line")]
    public async Task Packets_split_and_coalesced_on_the_way_are_echoed(string type)
    {
        PacketType packetType = PacketType.Parse(type);
        byte[] sent = Stream(packetType);
        using Socket client = await ConnectAsync(await ListenAsync(packetType));

        Task sending = SendInPieces(client, sent);
        byte[] echoed = await ReceiveAsync(client, sent.Length);
        await sending.WaitAsync(Guard);

        Assert.Equal(sent, echoed);
    }

    [Fact]
    public async Task After_a_thousand_connections_refused_for_their_frames_the_next_is_served()
    {
        EndPoint address = await ListenAsync(PacketType.Two);
        for (int i = 0; i < 1000; i++)
        {
            using Socket offender = await ConnectAsync(address);
            await offender.SendAsync(new byte[] { 0xFF, 0xFF });
            Assert.Equal(0, await ReceiveSomeAsync(offender));
        }

        using Socket client = await ConnectAsync(address);
        await client.SendAsync("\0\u0002ok"u8.ToArray());
        byte[] echoed = await ReceiveAsync(client, 4);

        Assert.Equal("\0\u0002ok"u8.ToArray(), echoed);
    }

    private async Task<EndPoint> ListenAsync(PacketType type)
    {
        IChannel listening = await new ServerBootstrap()
            .Group(_loops)
            .Channel<TcpServerSocketChannel>()
            .ChildHandler(new ActionChannelInitializer<IChannel>(child => child.Pipeline.AddLast(
                new PacketDecoder(type, 40_000), new PacketEncoder(type, 40_000), new Echo())))
            .BindAsync(new IPEndPoint(IPAddress.Loopback, 0)).WaitAsync(Guard);
        return listening.LocalAddress;
    }

    private static async Task<Socket> ConnectAsync(EndPoint address)
    {
        Socket client = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(address).WaitAsync(Guard);
        return client;
    }

    /// <summary>Packets of many lengths, among them none, one, the most a byte can say and more than a receive buffer holds.</summary>
    private static byte[] Stream(PacketType type)
    {
        PacketWriter writer = new(type);
        ArrayBufferWriter<byte> stream = new();
        for (int round = 0; round < 20; round++)
        {
            foreach (int length in (int[])[0, 1, 2, 3, 100, 255, 2048, 2049, 39_999])
            {
                byte[] body = new byte[Math.Min(length, type.MaxBody)];
                Array.Fill(body, (byte)'x');
                writer.Write(stream, body);
                if (type.Mode == PacketMode.Line) writer.Write(stream, "\n"u8);
            }
        }

        return stream.WrittenSpan.ToArray();
    }

    private static async Task SendInPieces(Socket client, byte[] bytes)
    {
        Random random = new(1);
        for (int start = 0; start < bytes.Length;)
        {
            int length = Math.Min(random.Next(3) == 0 ? random.Next(1, 20) : random.Next(1, 100_000), bytes.Length - start);
            start += await client.SendAsync(bytes.AsMemory(start, length));
        }
    }

    private static async Task<byte[]> ReceiveAsync(Socket client, int count)
    {
        using CancellationTokenSource guard = new(Guard);
        byte[] received = new byte[count];
        for (int start = 0; start < count;)
        {
            int read = await client.ReceiveAsync(received.AsMemory(start), guard.Token);
            if (read == 0) return received[..start];
            start += read;
        }

        return received;
    }

    private static async Task<int> ReceiveSomeAsync(Socket client)
    {
        using CancellationTokenSource guard = new(Guard);
        return await client.ReceiveAsync(new byte[16], guard.Token);
    }

    private sealed class Echo : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message) => context.Write(message);

        public override void ChannelReadComplete(IChannelHandlerContext context) => context.Flush();

        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
        {
        }
    }
}
