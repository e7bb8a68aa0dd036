using System.Threading.Channels;
using DotNetty.Transport.Channels;

namespace Acme.Chat;

/// <summary>What was said, line by line, for a user interface to show.</summary>
public class ChatClient : SimpleChannelInboundHandler<string>
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public ChannelReader<string> Lines => _lines.Reader;

    protected override void ChannelRead0(IChannelHandlerContext ctx, string msg) => _lines.Writer.TryWrite(msg);

    public override void ChannelInactive(IChannelHandlerContext ctx)
    {
        _lines.Writer.TryComplete();
        base.ChannelInactive(ctx);
    }
}
