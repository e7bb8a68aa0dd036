#nullable disable
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>The options of a stream over <see cref="Socket"/>.</summary>
public class DefaultSocketChannelConfiguration : DefaultChannelConfiguration, ISocketChannelConfiguration
{
    protected readonly Socket Socket;

    private volatile bool _allowHalfClosure;
    private PortableOptionSocket _options;

    public DefaultSocketChannelConfiguration(ISocketChannel channel, Socket socket)
        : base(channel) =>
        Socket = socket;

    public bool AllowHalfClosure
    {
        get => _allowHalfClosure;
        set => _allowHalfClosure = value;
    }

    public int ReceiveBufferSize
    {
        get => Socket.ReceiveBufferSize;
        set => Socket.ReceiveBufferSize = SocketOptionRange.CheckBuffer(ChannelOption.SoRcvbuf, value);
    }

    public virtual int SendBufferSize
    {
        get => Socket.SendBufferSize;
        set => Socket.SendBufferSize = SocketOptionRange.CheckBuffer(ChannelOption.SoSndbuf, value);
    }

    public int Linger
    {
        get => Socket.LingerState is { Enabled: true } state ? state.LingerTime : -1;
        set
        {
            int seconds = SocketOptionRange.CheckLinger(value);
            Socket.LingerState = seconds < 0 ? new LingerOption(false, 0) : new LingerOption(true, seconds);
        }
    }

    public bool KeepAlive
    {
        get => (int)Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive) != 0;
        set => Socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, value);
    }

    public bool ReuseAddress
    {
        get => SocketOptions.GetReuseAddress(Socket);
        set => SocketOptions.SetReuseAddress(Socket, value);
    }

    public bool TcpNoDelay
    {
        get => IsTcp && Socket.NoDelay;
        set
        {
            if (IsTcp)
            {
                Socket.NoDelay = value;
            }
        }
    }

    private PortableOptionSocket Options => _options ??= new PortableOptionSocket(Socket);

    private bool IsTcp => Socket.AddressFamily != AddressFamily.Unix;

    public override T GetOption<T>(ChannelOption<T> option)
    {
        ArgumentNullException.ThrowIfNull(option);
        if (SocketOptionTable.Stream.TryGet(Options, option, out T known))
        {
            return known;
        }

        object value = option switch
        {
            _ when ChannelOption.SoRcvbuf.Equals(option) => ReceiveBufferSize,
            _ when ChannelOption.SoSndbuf.Equals(option) => SendBufferSize,
            _ when ChannelOption.TcpNodelay.Equals(option) => TcpNoDelay,
            _ when ChannelOption.SoKeepalive.Equals(option) => KeepAlive,
            _ when ChannelOption.SoReuseaddr.Equals(option) => ReuseAddress,
            _ when ChannelOption.SoReuseport.Equals(option) => SocketOptions.GetReusePort(Socket),
            _ when ChannelOption.SoLinger.Equals(option) => Linger,
            _ when ChannelOption.AllowHalfClosure.Equals(option) => AllowHalfClosure,
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
            case int size when ChannelOption.SoRcvbuf.Equals(option):
                ReceiveBufferSize = size;
                return true;
            case int size when ChannelOption.SoSndbuf.Equals(option):
                SendBufferSize = size;
                return true;
            case int seconds when ChannelOption.SoLinger.Equals(option):
                Linger = seconds;
                return true;
            case bool on when ChannelOption.TcpNodelay.Equals(option):
                TcpNoDelay = on;
                return true;
            case bool on when ChannelOption.SoKeepalive.Equals(option):
                KeepAlive = on;
                return true;
            case bool on when ChannelOption.SoReuseaddr.Equals(option):
                ReuseAddress = on;
                return true;
            case bool on when ChannelOption.SoReuseport.Equals(option):
                SocketOptions.SetReusePort(Socket, on);
                return true;
            case bool on when ChannelOption.AllowHalfClosure.Equals(option):
                AllowHalfClosure = on;
                return true;
            default:
                return SocketOptionTable.Stream.TrySet(Options, option, value);
        }
    }

    protected override void AutoReadCleared() => (Channel as AbstractSocketChannel)?.CancelRead();
}
