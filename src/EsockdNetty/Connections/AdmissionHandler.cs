using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Connections;

/// <summary>
/// Lets the user's handlers see a connection only when it is ready for them: its handshake done. Until then the connection is pending. Adds the handlers, fires <c>ChannelRegistered</c> and <c>ChannelActive</c> to them, and takes itself out.
/// </summary>
internal sealed class AdmissionHandler(Action<IChannel> admit) : ChannelHandlerAdapter
{
    private bool _admitted;

    // The connection's life up to admission is not the handlers' business.
    public override void ChannelRegistered(IChannelHandlerContext context)
    {
    }

    public override void ChannelActive(IChannelHandlerContext context)
    {
    }

    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (evt is TlsHandshakeCompletionEvent { IsSuccessful: true })
        {
            Admit(context);
        }

        context.FireUserEventTriggered(evt);
    }

    // Nobody beyond has seen it become active.
    public override void ChannelInactive(IChannelHandlerContext context)
    {
    }

    public override void ChannelUnregistered(IChannelHandlerContext context)
    {
    }

    private void Admit(IChannelHandlerContext context)
    {
        if (_admitted)
        {
            return;
        }

        _admitted = true;
        admit(context.Channel);
        if (!context.Channel.Active)
        {
            return;
        }

        context.FireChannelRegistered();
        context.FireChannelActive();
        context.Channel.Pipeline.Remove(this);
    }
}
