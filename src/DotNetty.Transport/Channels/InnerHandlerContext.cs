#nullable disable
using System.Net;
using DotNetty.Buffers;
using DotNetty.Common.Concurrency;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>The place of a handler that stands inside another one: that one's place, with the inner handler's own name for being there.</summary>
internal sealed class InnerHandlerContext(IChannelHandler handler, InnerHandlerContext nextToCatch) : IChannelHandlerContext
{
    private IChannelHandlerContext _outer;
    private bool _removed;

    public IChannel Channel => _outer.Channel;

    public IByteBufferAllocator Allocator => _outer.Allocator;

    public IEventExecutor Executor => _outer.Executor;

    public string Name => _outer.Name;

    public IChannelHandler Handler => handler;

    public bool Removed => _removed || (_outer?.Removed ?? false);

    public void Enter(IChannelHandlerContext outer) => _outer = outer;

    /// <summary>Tells the handler, once, on its executor.</summary>
    public void Remove()
    {
        if (_removed)
        {
            return;
        }

        if (_outer is null)
        {
            throw new InvalidOperationException($"{handler.GetType().Name} is in no pipeline yet.");
        }

        if (_outer.Executor.InEventLoop)
        {
            RemoveNow();
        }
        else
        {
            _outer.Executor.Execute(static context => ((InnerHandlerContext)context).RemoveNow(), this);
        }
    }

    public IAttribute<T> GetAttribute<T>(AttributeKey<T> key)
        where T : class
        => _outer.GetAttribute(key);

    public bool HasAttribute<T>(AttributeKey<T> key)
        where T : class
        => _outer.HasAttribute(key);

    public IChannelHandlerContext FireChannelRegistered()
    {
        _outer.FireChannelRegistered();
        return this;
    }

    public IChannelHandlerContext FireChannelUnregistered()
    {
        _outer.FireChannelUnregistered();
        return this;
    }

    public IChannelHandlerContext FireChannelActive()
    {
        _outer.FireChannelActive();
        return this;
    }

    public IChannelHandlerContext FireChannelInactive()
    {
        _outer.FireChannelInactive();
        return this;
    }

    public IChannelHandlerContext FireChannelRead(object message)
    {
        _outer.FireChannelRead(message);
        return this;
    }

    public IChannelHandlerContext FireChannelReadComplete()
    {
        _outer.FireChannelReadComplete();
        return this;
    }

    public IChannelHandlerContext FireChannelWritabilityChanged()
    {
        _outer.FireChannelWritabilityChanged();
        return this;
    }

    public IChannelHandlerContext FireExceptionCaught(Exception ex)
    {
        if (nextToCatch is { Removed: false } next)
        {
            next.Handler.ExceptionCaught(next, ex);
        }
        else
        {
            _outer.FireExceptionCaught(ex);
        }

        return this;
    }

    public IChannelHandlerContext FireUserEventTriggered(object evt)
    {
        _outer.FireUserEventTriggered(evt);
        return this;
    }

    public IChannelHandlerContext Read()
    {
        _outer.Read();
        return this;
    }

    public Task WriteAsync(object message) => _outer.WriteAsync(message);

    public void Write(object message) => _outer.Write(message);

    public IChannelHandlerContext Flush()
    {
        _outer.Flush();
        return this;
    }

    public Task WriteAndFlushAsync(object message) => _outer.WriteAndFlushAsync(message);

    public Task BindAsync(EndPoint localAddress) => _outer.BindAsync(localAddress);

    public Task ConnectAsync(EndPoint remoteAddress) => _outer.ConnectAsync(remoteAddress);

    public Task ConnectAsync(EndPoint remoteAddress, EndPoint localAddress) => _outer.ConnectAsync(remoteAddress, localAddress);

    public Task DisconnectAsync() => _outer.DisconnectAsync();

    public Task CloseAsync() => _outer.CloseAsync();

    public Task DeregisterAsync() => _outer.DeregisterAsync();

    private void RemoveNow()
    {
        if (_removed)
        {
            return;
        }

        _removed = true;
        handler.HandlerRemoved(this);
    }
}
