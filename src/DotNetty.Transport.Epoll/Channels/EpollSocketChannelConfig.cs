using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.Epoll.Interop;

namespace DotNetty.Transport.Epoll;

/// <summary>The options of a stream on epoll, set on its descriptor at once.</summary>
public sealed class EpollSocketChannelConfig : DefaultChannelConfiguration, ISocketChannelConfiguration
{
    private volatile bool _allowHalfClosure;

    internal EpollSocketChannelConfig(EpollSocketChannel channel)
        : base(channel)
    {
    }

    /// <inheritdoc/>
    public bool AllowHalfClosure
    {
        get => _allowHalfClosure;
        set => _allowHalfClosure = value;
    }

    /// <inheritdoc/>
    public int ReceiveBufferSize
    {
        get => Get(Constants.LevelSocket, Constants.ReceiveBuffer);
        set => Set(Constants.LevelSocket, Constants.ReceiveBuffer, SocketOptionRange.CheckBuffer(ChannelOption.SoRcvbuf, value));
    }

    /// <inheritdoc/>
    public int SendBufferSize
    {
        get => Get(Constants.LevelSocket, Constants.SendBuffer);
        set => Set(Constants.LevelSocket, Constants.SendBuffer, SocketOptionRange.CheckBuffer(ChannelOption.SoSndbuf, value));
    }

    /// <inheritdoc/>
    public int Linger
    {
        get => SocketCalls.GetLinger(EpollChannel.Descriptor) is (true, var seconds) ? seconds : -1;
        set
        {
            int seconds = SocketOptionRange.CheckLinger(value);
            EpollChannel.OptionSocket.SetLinger(seconds >= 0, Math.Max(0, seconds));
        }
    }

    /// <inheritdoc/>
    public bool KeepAlive
    {
        get => Get(Constants.LevelSocket, Constants.KeepAlive) != 0;
        set => Set(Constants.LevelSocket, Constants.KeepAlive, value ? 1 : 0);
    }

    /// <inheritdoc/>
    public bool ReuseAddress
    {
        get => Get(Constants.LevelSocket, Constants.ReuseAddress) != 0;
        set => Set(Constants.LevelSocket, Constants.ReuseAddress, value ? 1 : 0);
    }

    /// <inheritdoc/>
    public bool TcpNoDelay
    {
        get => EpollChannel.IsTcp && Get(Constants.LevelTcp, Constants.NoDelay) != 0;
        set
        {
            if (EpollChannel.IsTcp)
            {
                Set(Constants.LevelTcp, Constants.NoDelay, value ? 1 : 0);
            }
        }
    }

    /// <inheritdoc/>
    public override T GetOption<T>(ChannelOption<T> option)
    {
        if (ChannelOption.AllowHalfClosure.Equals(option))
        {
            return (T)(object)AllowHalfClosure;
        }

        if (ChannelOption.SoLinger.Equals(option))
        {
            return (T)(object)Linger;
        }

        if (ChannelOption.TcpNodelay.Equals(option))
        {
            return (T)(object)TcpNoDelay;
        }

        return EpollSocketOptions.TryGet(EpollSocketOptions.Stream, EpollChannel.Descriptor, option, out T value)
            || SocketOptionTable.Stream.TryGet(EpollChannel.OptionSocket, option, out value)
                ? value
                : base.GetOption(option);
    }

    /// <inheritdoc/>
    public override bool SetOption<T>(ChannelOption<T> option, T value)
    {
        switch (value)
        {
            case bool on when ChannelOption.AllowHalfClosure.Equals(option):
                AllowHalfClosure = on;
                return true;
            case bool on when ChannelOption.TcpNodelay.Equals(option):
                TcpNoDelay = on;
                return true;
            case int seconds when ChannelOption.SoLinger.Equals(option):
                Linger = seconds;
                return true;
            case int size when ChannelOption.SoRcvbuf.Equals(option):
                ReceiveBufferSize = size;
                return true;
            case int size when ChannelOption.SoSndbuf.Equals(option):
                SendBufferSize = size;
                return true;
            default:
                return base.SetOption(option, value)
                    || EpollSocketOptions.TrySet(EpollSocketOptions.Stream, EpollChannel.Descriptor, option, value)
                    || SocketOptionTable.Stream.TrySet(EpollChannel.OptionSocket, option, value);
        }
    }

    /// <inheritdoc/>
    protected override void AutoReadCleared() => EpollChannel.CancelRead();

    private EpollSocketChannel EpollChannel => (EpollSocketChannel)Channel;

    private int Get(int level, int name) => SocketCalls.GetOption(EpollChannel.Descriptor, level, name);

    private void Set(int level, int name, int value) => SocketCalls.SetOption(EpollChannel.Descriptor, level, name, value);
}
