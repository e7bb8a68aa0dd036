using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Epoll;

/// <summary>The options of a listening socket on epoll.</summary>
public sealed class EpollServerSocketChannelConfig : DefaultChannelConfiguration, IServerSocketChannelConfiguration
{
    private readonly EpollServerSocketChannel _channel;
    private volatile int _backlog = 1024;

    internal EpollServerSocketChannelConfig(EpollServerSocketChannel channel)
        : base(channel, LoopRecvByteBufAllocator.Accepting) =>
        _channel = channel;

    /// <inheritdoc/>
    public int Backlog
    {
        get => _backlog;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _backlog = value;
        }
    }

    /// <inheritdoc/>
    public override T GetOption<T>(ChannelOption<T> option) =>
        ChannelOption.SoBacklog.Equals(option)
            ? (T)(object)Backlog
            : ChannelOption.UnixMode.Equals(option)
            ? (T)(object)(_channel.UnixMode ?? default)
            : EpollSocketOptions.TryGet(EpollSocketOptions.Listening, _channel.Descriptor, option, out T value)
            || SocketOptionTable.Listening.TryGet(_channel.OptionSocket, option, out value)
                ? value
                : base.GetOption(option);

    /// <inheritdoc/>
    public override bool SetOption<T>(ChannelOption<T> option, T value)
    {
        if (value is int backlog && ChannelOption.SoBacklog.Equals(option))
        {
            Backlog = backlog;
            return true;
        }

        if (value is UnixFileMode mode && ChannelOption.UnixMode.Equals(option))
        {
            _channel.UnixMode = mode;
            return true;
        }

        if (value is int size && ChannelOption.SoRcvbuf.Equals(option))
        {
            SocketOptionRange.CheckBuffer(ChannelOption.SoRcvbuf, size);
        }

        return base.SetOption(option, value)
            || EpollSocketOptions.TrySet(EpollSocketOptions.Listening, _channel.Descriptor, option, value)
            || SocketOptionTable.Listening.TrySet(_channel.OptionSocket, option, value);
    }

    /// <inheritdoc/>
    protected override void AutoReadCleared() => _channel.CancelRead();
}
