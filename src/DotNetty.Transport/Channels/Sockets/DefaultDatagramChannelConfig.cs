#nullable disable
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// The options of a datagram <see cref="Socket"/>. By default a datagram is received whole whatever its size and leaves in a buffer of its own
/// size class, and one <c>Read</c> gives up to 16. A <see cref="ChannelOption.RcvbufAllocator"/> of the application chooses the buffers; one
/// that is too small for a datagram grows, it does not cut the datagram.
/// </summary>
public class DefaultDatagramChannelConfig : DefaultChannelConfiguration, IDatagramChannelConfig
{
    private const int MostMessagesPerRead = 16;

    private readonly Socket _socket;
    private volatile EndPoint _interface;
    private volatile NetworkInterface _networkInterface;

    public DefaultDatagramChannelConfig(IDatagramChannel channel, Socket socket)
        : base(channel, new LoopRecvByteBufAllocator(MostMessagesPerRead)) =>
        _socket = socket;

    public int ReceiveBufferSize
    {
        get => _socket.ReceiveBufferSize;
        set => _socket.ReceiveBufferSize = value;
    }

    public int SendBufferSize
    {
        get => _socket.SendBufferSize;
        set => _socket.SendBufferSize = value;
    }

    public int TrafficClass
    {
        get => DatagramOptions.GetTrafficClass(_socket);
        set
        {
            EnsureByte(value);
            DatagramOptions.SetTrafficClass(_socket, value);
        }
    }

    public bool ReuseAddress
    {
        get => SocketOptions.GetReuseAddress(_socket);
        set => SocketOptions.SetReuseAddress(_socket, value);
    }

    public bool Broadcast
    {
        get => _socket.EnableBroadcast;
        set => _socket.EnableBroadcast = value;
    }

    public bool LoopbackModeDisabled
    {
        get => !DatagramOptions.GetLoopback(_socket);
        set => DatagramOptions.SetLoopback(_socket, !value);
    }

    public short TimeToLive
    {
        get => (short)DatagramOptions.GetTimeToLive(_socket);
        set
        {
            EnsureByte(value);
            DatagramOptions.SetTimeToLive(_socket, value);
        }
    }

    public EndPoint Interface
    {
        get => _interface;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            DatagramOptions.SetInterface(_socket, value);
            _interface = value;
            _networkInterface = null;
        }
    }

    public NetworkInterface NetworkInterface
    {
        get => _networkInterface;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            DatagramOptions.SetInterface(_socket, value);
            _networkInterface = value;
            _interface = null;
        }
    }

    public override T GetOption<T>(ChannelOption<T> option)
    {
        ArgumentNullException.ThrowIfNull(option);
        if (SocketOptionTable.Datagram.TryGet(new PortableOptionSocket(_socket), option, out T known))
        {
            return known;
        }

        object value = option switch
        {
            _ when ChannelOption.SoRcvbuf.Equals(option) => ReceiveBufferSize,
            _ when ChannelOption.SoSndbuf.Equals(option) => SendBufferSize,
            _ when ChannelOption.SoBroadcast.Equals(option) => Broadcast,
            _ when ChannelOption.SoReuseaddr.Equals(option) => ReuseAddress,
            _ when ChannelOption.SoReuseport.Equals(option) => SocketOptions.GetReusePort(_socket),
            _ when ChannelOption.IpTos.Equals(option) => TrafficClass,
            _ when ChannelOption.IpMulticastAddr.Equals(option) => Interface,
            _ when ChannelOption.IpMulticastIf.Equals(option) => NetworkInterface,
            _ when ChannelOption.IpMulticastTtl.Equals(option) => (int)TimeToLive,
            _ when ChannelOption.IpMulticastLoopDisabled.Equals(option) => LoopbackModeDisabled,
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
            case int service when ChannelOption.IpTos.Equals(option):
                TrafficClass = service;
                return true;
            case int hops when ChannelOption.IpMulticastTtl.Equals(option):
                TimeToLive = (short)EnsureByte(hops);
                return true;
            case bool on when ChannelOption.SoBroadcast.Equals(option):
                Broadcast = on;
                return true;
            case bool on when ChannelOption.SoReuseaddr.Equals(option):
                ReuseAddress = on;
                return true;
            case bool on when ChannelOption.SoReuseport.Equals(option):
                SocketOptions.SetReusePort(_socket, on);
                return true;
            case bool on when ChannelOption.IpMulticastLoopDisabled.Equals(option):
                LoopbackModeDisabled = on;
                return true;
            case EndPoint address when ChannelOption.IpMulticastAddr.Equals(option):
                Interface = address;
                return true;
            case NetworkInterface chosen when ChannelOption.IpMulticastIf.Equals(option):
                NetworkInterface = chosen;
                return true;
            default:
                return SocketOptionTable.Datagram.TrySet(new PortableOptionSocket(_socket), option, value);
        }
    }

    protected override void AutoReadCleared() => (Channel as AbstractSocketChannel)?.CancelRead();

    private static int EnsureByte(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, byte.MaxValue);
        return value;
    }
}
