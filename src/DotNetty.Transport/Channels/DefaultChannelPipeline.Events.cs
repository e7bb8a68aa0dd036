#nullable disable
using System.Net;

namespace DotNetty.Transport.Channels;

/// <summary>Events enter at the head, operations at the tail.</summary>
public partial class DefaultChannelPipeline
{
    public IChannelPipeline FireChannelRegistered()
    {
        _head.FireChannelRegistered();
        return this;
    }

    public IChannelPipeline FireChannelUnregistered()
    {
        _head.FireChannelUnregistered();
        if (!_channel.Open)
        {
            Destroy();
        }

        return this;
    }

    public IChannelPipeline FireChannelActive()
    {
        _head.FireChannelActive();
        ReadIfAutomatic();
        return this;
    }

    public IChannelPipeline FireChannelInactive()
    {
        _head.FireChannelInactive();
        return this;
    }

    public IChannelPipeline FireExceptionCaught(Exception cause)
    {
        _head.FireExceptionCaught(cause);
        return this;
    }

    public IChannelPipeline FireUserEventTriggered(object evt)
    {
        _head.FireUserEventTriggered(evt);
        return this;
    }

    public IChannelPipeline FireChannelRead(object msg)
    {
        _head.FireChannelRead(msg);
        return this;
    }

    public IChannelPipeline FireChannelReadComplete()
    {
        _head.FireChannelReadComplete();
        ReadIfAutomatic();
        return this;
    }

    public IChannelPipeline FireChannelWritabilityChanged()
    {
        _head.FireChannelWritabilityChanged();
        return this;
    }

    public Task BindAsync(EndPoint localAddress) => _tail.BindAsync(localAddress);

    public Task ConnectAsync(EndPoint remoteAddress) => _tail.ConnectAsync(remoteAddress);

    public Task ConnectAsync(EndPoint remoteAddress, EndPoint localAddress) => _tail.ConnectAsync(remoteAddress, localAddress);

    public Task DisconnectAsync() => _tail.DisconnectAsync();

    public Task CloseAsync() => _tail.CloseAsync();

    public Task DeregisterAsync() => _tail.DeregisterAsync();

    public IChannelPipeline Read()
    {
        _tail.Read();
        return this;
    }

    public Task WriteAsync(object msg) => _tail.WriteAsync(msg);

    public void Write(object msg) => _tail.Write(msg);

    public IChannelPipeline Flush()
    {
        _tail.Flush();
        return this;
    }

    public Task WriteAndFlushAsync(object msg) => _tail.WriteAndFlushAsync(msg);

    /// <summary>Automatic reading is no more than this: the head asks as the application would.</summary>
    private void ReadIfAutomatic()
    {
        if (_channel.Configuration.AutoRead)
        {
            _channel.Read();
        }
    }
}
