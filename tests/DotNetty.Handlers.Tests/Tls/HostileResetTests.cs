using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using DotNetty.Buffers;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Handlers.Tests.Tls;

/// <summary>A client that resets the connection in the middle of a handshake is told of once, wherever it does.</summary>
public sealed class HostileResetTests : LeakFreeTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);
    private static readonly string[] Refused = ["active", "refused", "inactive"];

    [Theory]
    [InlineData(Fronts.Tls)]
    [InlineData(Fronts.Sni)]
    public void After_every_prefix_of_the_first_flight(string front)
    {
        byte[] flight = ClientHellos.Recorded();

        for (int length = 0; length <= flight.Length; length++)
        {
            var events = new Recorder();
            EmbeddedChannel channel = Fronts.Channel(front, events);
            channel.WriteInbound(Unpooled.CopiedBuffer(flight, 0, length));

            Reset(channel);

            Assert.Equal(Refused, events.Events);
        }
    }

    [Theory]
    [InlineData(Fronts.Tls, SslProtocols.Tls12)]
    [InlineData(Fronts.Tls, SslProtocols.Tls13)]
    [InlineData(Fronts.Sni, SslProtocols.Tls12)]
    [InlineData(Fronts.Sni, SslProtocols.Tls13)]
    public void After_every_prefix_of_the_second_flight(string front, SslProtocols version)
    {
        int length = 0;
        int flight;
        do
        {
            var events = new Recorder();
            EmbeddedChannel channel = Fronts.Channel(front, events);
            var client = new EmbeddedChannel(new TlsHandler(EnginePair.ClientSettings(version)), new Recorder());
            client.RunPendingTasks();
            TlsChannels.Carry(client, channel);
            TlsChannels.Carry(channel, client);
            byte[] second = TlsChannels.TakeOutbound(client);
            flight = second.Length;
            channel.WriteInbound(Unpooled.CopiedBuffer(second, 0, length));

            Reset(channel);
            Reset(client);

            Assert.Equal(Refused, events.Events);
        }
        while (++length < flight);
    }

    [Theory]
    [InlineData(Fronts.Tls, 0)]
    [InlineData(Fronts.Tls, 5)]
    [InlineData(Fronts.Tls, 100)]
    [InlineData(Fronts.Tls, int.MaxValue)]
    [InlineData(Fronts.Sni, 0)]
    [InlineData(Fronts.Sni, 5)]
    [InlineData(Fronts.Sni, 100)]
    [InlineData(Fronts.Sni, int.MaxValue)]
    public async Task On_a_real_socket(string front, int prefix)
    {
        var group = new MultithreadEventLoopGroup(1);
        var life = new Life();
        IChannel server = await new ServerBootstrap()
            .Group(group)
            .Channel<TcpServerSocketChannel>()
            .ChildHandler(new ActionChannelInitializer<IChannel>(channel => channel.Pipeline.AddLast(Fronts.Make(front), life)))
            .BindAsync(IPAddress.Loopback, 0)
            .WaitAsync(Guard);
        byte[] flight = ClientHellos.Recorded();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) };
        await client.ConnectAsync((IPEndPoint)server.LocalAddress).WaitAsync(Guard);
        await life.Begun.WaitAsync(Guard);
        await client.SendAsync(flight.AsMemory(0, Math.Min(prefix, flight.Length))).AsTask().WaitAsync(Guard);

        client.Close();
        await life.Ended.WaitAsync(Guard);

        Assert.Equal(["refused"], life.Events);
        await group.ShutdownGracefullyAsync(TimeSpan.Zero, Guard).WaitAsync(Guard);
    }

    private static void Reset(EmbeddedChannel channel)
    {
        channel.Pipeline.FireExceptionCaught(new SocketException((int)SocketError.ConnectionReset));
        channel.Unsafe.CloseForcibly();
        channel.RunPendingTasks();
        channel.ReleaseOutbound();
    }

    private sealed class Life : ChannelHandlerAdapter
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public Task Ended => _ended.Task;

        public List<string> Events { get; } = [];

        public override void ChannelActive(IChannelHandlerContext context) => _begun.TrySetResult();

        public override void ChannelInactive(IChannelHandlerContext context) => _ended.TrySetResult();

        public override void UserEventTriggered(IChannelHandlerContext context, object evt) =>
            Events.Add(evt is TlsHandshakeCompletionEvent { IsSuccessful: false } ? "refused" : $"{evt}");

        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => Events.Add($"{exception}");
    }
}
