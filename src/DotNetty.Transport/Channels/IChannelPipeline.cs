#nullable disable
using System.Net;
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels;

/// <summary>
/// The handlers of one channel, in order, between the head (the transport) and the tail (which releases and reports what nobody consumed).
/// Handlers may be added, removed and replaced at any time and from any thread.
/// </summary>
public interface IChannelPipeline : IEnumerable<IChannelHandler>
{
    IChannel Channel { get; }

    IChannelPipeline AddFirst(string name, IChannelHandler handler);

    IChannelPipeline AddFirst(IEventExecutorGroup group, string name, IChannelHandler handler);

    IChannelPipeline AddLast(string name, IChannelHandler handler);

    IChannelPipeline AddLast(IEventExecutorGroup group, string name, IChannelHandler handler);

    IChannelPipeline AddBefore(string baseName, string name, IChannelHandler handler);

    IChannelPipeline AddBefore(IEventExecutorGroup group, string baseName, string name, IChannelHandler handler);

    IChannelPipeline AddAfter(string baseName, string name, IChannelHandler handler);

    IChannelPipeline AddAfter(IEventExecutorGroup group, string baseName, string name, IChannelHandler handler);

    IChannelPipeline AddFirst(params IChannelHandler[] handlers);

    IChannelPipeline AddFirst(IEventExecutorGroup group, params IChannelHandler[] handlers);

    IChannelPipeline AddLast(params IChannelHandler[] handlers);

    IChannelPipeline AddLast(IEventExecutorGroup group, params IChannelHandler[] handlers);

    IChannelPipeline Remove(IChannelHandler handler);

    IChannelHandler Remove(string name);

    T Remove<T>()
        where T : class, IChannelHandler;

    IChannelHandler RemoveFirst();

    IChannelHandler RemoveLast();

    IChannelPipeline Replace(IChannelHandler oldHandler, string newName, IChannelHandler newHandler);

    IChannelHandler Replace(string oldName, string newName, IChannelHandler newHandler);

    T Replace<T>(string newName, IChannelHandler newHandler)
        where T : class, IChannelHandler;

    IChannelHandler First();

    IChannelHandlerContext FirstContext();

    IChannelHandler Last();

    IChannelHandlerContext LastContext();

    IChannelHandler Get(string name);

    T Get<T>()
        where T : class, IChannelHandler;

    IChannelHandlerContext Context(IChannelHandler handler);

    IChannelHandlerContext Context(string name);

    IChannelHandlerContext Context<T>()
        where T : class, IChannelHandler;

    IChannelPipeline FireChannelRegistered();

    IChannelPipeline FireChannelUnregistered();

    IChannelPipeline FireChannelActive();

    IChannelPipeline FireChannelInactive();

    IChannelPipeline FireExceptionCaught(Exception cause);

    IChannelPipeline FireUserEventTriggered(object evt);

    IChannelPipeline FireChannelRead(object msg);

    IChannelPipeline FireChannelReadComplete();

    IChannelPipeline FireChannelWritabilityChanged();

    Task BindAsync(EndPoint localAddress);

    Task ConnectAsync(EndPoint remoteAddress);

    Task ConnectAsync(EndPoint remoteAddress, EndPoint localAddress);

    Task DisconnectAsync();

    Task CloseAsync();

    Task DeregisterAsync();

    IChannelPipeline Read();

    Task WriteAsync(object msg);

    /// <inheritdoc cref="IChannelHandler.Write"/>
    void Write(object msg) => WriteOutcome.Observe(WriteAsync(msg), this);

    IChannelPipeline Flush();

    Task WriteAndFlushAsync(object msg);
}
