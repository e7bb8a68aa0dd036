using System.Net;
using DotNetty.Buffers;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace Acme.Forwarding;

/// <summary>The client's half of a port forwarder: reads one message at a time, the next when the target has taken this one.</summary>
public class ForwardingHandler : ChannelHandlerAdapter
{
    private readonly EndPoint _target;
    private volatile IChannel? _outbound;

    public ForwardingHandler(EndPoint target) => _target = target;

    public override void ChannelActive(IChannelHandlerContext context)
    {
        IChannel inbound = context.Channel;
        var bootstrap = new Bootstrap();
        bootstrap
            .Group(inbound.EventLoop)
            .Channel<TcpSocketChannel>()
            .Option(ChannelOption.AutoRead, false)
            .Handler(new ReturningHandler(inbound));

        bootstrap.ConnectAsync(_target).ContinueWith(connect =>
        {
            if (connect.Status == TaskStatus.RanToCompletion)
            {
                _outbound = connect.Result;
                inbound.Read();
            }
            else
            {
                inbound.CloseAsync();
            }
        });
    }

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        _outbound?.WriteAndFlushAsync(message).ContinueWith(write =>
        {
            if (write.IsFaulted)
            {
                context.Channel.CloseAsync();
            }
            else
            {
                context.Channel.Read();
            }
        });
    }

    public override void ChannelInactive(IChannelHandlerContext context) => CloseOnFlush(_outbound);

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => CloseOnFlush(context.Channel);

    internal static void CloseOnFlush(IChannel? channel)
    {
        if (channel != null && channel.Active)
        {
            channel.WriteAndFlushAsync(Unpooled.Empty).ContinueWith(_ => channel.CloseAsync());
        }
    }
}
