#nullable disable
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>The options of a listening <see cref="Socket"/>.</summary>
public class DefaultServerSocketChannelConfig : DefaultChannelConfiguration, IServerSocketChannelConfiguration
{
    protected readonly Socket Socket;

    private volatile int _backlog = 1024;
    private PortableOptionSocket _options;

    public DefaultServerSocketChannelConfig(IServerSocketChannel channel, Socket socket)
        : base(channel, LoopRecvByteBufAllocator.Accepting) =>
        Socket = socket;

    public int Backlog
    {
        get => _backlog;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _backlog = value;
        }
    }

    public bool ReuseAddress
    {
        get => SocketOptions.GetReuseAddress(Socket);
        set => SocketOptions.SetReuseAddress(Socket, value);
    }

    public int ReceiveBufferSize
    {
        get => Socket.ReceiveBufferSize;
        set => Socket.ReceiveBufferSize = SocketOptionRange.CheckBuffer(ChannelOption.SoRcvbuf, value);
    }

    private PortableOptionSocket Options => _options ??= new PortableOptionSocket(Socket);

    public override T GetOption<T>(ChannelOption<T> option)
    {
        ArgumentNullException.ThrowIfNull(option);
        if (SocketOptionTable.Listening.TryGet(Options, option, out T known))
        {
            return known;
        }

        object value = option switch
        {
            _ when ChannelOption.SoBacklog.Equals(option) => Backlog,
            _ when ChannelOption.SoRcvbuf.Equals(option) => ReceiveBufferSize,
            _ when ChannelOption.SoReuseaddr.Equals(option) => ReuseAddress,
            _ when ChannelOption.SoReuseport.Equals(option) => SocketOptions.GetReusePort(Socket),
            _ when ChannelOption.UnixMode.Equals(option) => (Channel as AbstractServerSocketChannel)?.UnixMode ?? default,
            _ => base.GetOption(option),
        };
        return (T)value;
    }

    public override bool SetOption<T>(ChannelOption<T> option, T value)
    {
        if (base.SetOption(option, value))
        {
            return true;
        }

        switch (value)
        {
            case int backlog when ChannelOption.SoBacklog.Equals(option):
                Backlog = backlog;
                return true;
            case int size when ChannelOption.SoRcvbuf.Equals(option):
                ReceiveBufferSize = size;
                return true;
            case bool on when ChannelOption.SoReuseaddr.Equals(option):
                ReuseAddress = on;
                return true;
            case bool on when ChannelOption.SoReuseport.Equals(option):
                SocketOptions.SetReusePort(Socket, on);
                return true;
            case UnixFileMode mode when ChannelOption.UnixMode.Equals(option) && Channel is AbstractServerSocketChannel channel:
                channel.UnixMode = mode;
                return true;
            default:
                return SocketOptionTable.Listening.TrySet(Options, option, value);
        }
    }

    protected override void AutoReadCleared() => (Channel as AbstractSocketChannel)?.CancelRead();
}
