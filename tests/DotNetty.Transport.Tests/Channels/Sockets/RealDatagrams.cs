using System.Net;
using System.Net.Sockets;
using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

/// <summary>Datagram channels on real sockets, one loop, and plain sockets to talk to them.</summary>
internal sealed class RealDatagrams : IAsyncDisposable
{
    private readonly List<Socket> _sockets = [];

    public MultithreadEventLoopGroup Group { get; } = new(1);

    public Bootstrap Bootstrap(IChannelHandler handler) => new Bootstrap().Group(Group).Channel<SocketDatagramChannel>().Handler(handler);

    public Task<IChannel> BindAsync(IChannelHandler handler) => Within.Reached(Bootstrap(handler).BindAsync(IPAddress.Loopback, 0));

    /// <summary>A plain socket, bound to the loopback address of its family.</summary>
    public Socket Plain(AddressFamily family = AddressFamily.InterNetwork)
    {
        var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        _sockets.Add(socket);
        socket.Bind(new IPEndPoint(family == AddressFamily.InterNetwork ? IPAddress.Loopback : IPAddress.IPv6Loopback, 0));
        return socket;
    }

    public static async Task<string> ReceiveTextAsync(Socket socket)
    {
        byte[] buffer = new byte[64 * 1024];
        int count = await socket.ReceiveAsync(buffer).WaitAsync(Within.Guard);
        return Encoding.ASCII.GetString(buffer, 0, count);
    }

    public async ValueTask DisposeAsync()
    {
        _sockets.ForEach(static socket => socket.Dispose());
        await Within.Reached(Group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    /// <summary>Answers each datagram with its content.</summary>
    internal sealed class Echo : SimpleChannelInboundHandler<DatagramPacket>
    {
        protected override void ChannelRead0(IChannelHandlerContext ctx, DatagramPacket packet) =>
            ctx.WriteAndFlushAsync(new DatagramPacket((IByteBuffer)packet.Content.Retain(), packet.Sender));
    }

    /// <summary>Keeps what comes, as text and sender, for the test to wait for.</summary>
    internal sealed class Inbox : SimpleChannelInboundHandler<DatagramPacket>
    {
        private readonly System.Threading.Channels.Channel<(string Text, EndPoint Sender)> _packets =
            System.Threading.Channels.Channel.CreateUnbounded<(string Text, EndPoint Sender)>();

        private readonly System.Threading.Channels.Channel<Exception> _faults = System.Threading.Channels.Channel.CreateUnbounded<Exception>();

        /// <summary>False once something was received off the channel's loop.</summary>
        public bool AlwaysOnLoop { get; private set; } = true;

        public Task<(string Text, EndPoint Sender)> NextAsync() => Within.Reached(_packets.Reader.ReadAsync().AsTask());

        public Task<Exception> NextFaultAsync() => Within.Reached(_faults.Reader.ReadAsync().AsTask());

        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => _faults.Writer.TryWrite(exception);

        protected override void ChannelRead0(IChannelHandlerContext ctx, DatagramPacket packet)
        {
            AlwaysOnLoop &= ctx.Channel.EventLoop.InEventLoop;
            _packets.Writer.TryWrite((packet.Content.ToString(Encoding.ASCII), packet.Sender));
        }
    }
}
