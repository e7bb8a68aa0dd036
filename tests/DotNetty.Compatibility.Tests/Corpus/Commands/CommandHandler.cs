using DotNetty.Codecs;
using DotNetty.Transport.Channels;

namespace Acme.Commands;

/// <summary>Answers 1 (reverse) and 2 (sum); 9 ends the conversation.</summary>
public class CommandHandler : SimpleChannelInboundHandler<Command>
{
    protected override void ChannelRead0(IChannelHandlerContext ctx, Command msg)
    {
        switch (msg.Operation)
        {
            case 1:
                var reversed = (byte[])msg.Body.Clone();
                Array.Reverse(reversed);
                ctx.WriteAndFlushAsync(new Command(1, reversed));
                break;
            case 2:
                ctx.Channel.WriteAndFlushAsync(new Command(2, new[] { CommandDecoder.Checksum(msg.Body) }));
                break;
            case 9:
                ctx.WriteAndFlushAsync(new Command(9, Array.Empty<byte>())).ContinueWith(_ => ctx.CloseAsync());
                break;
            default:
                ctx.FireExceptionCaught(new UnsupportedMessageTypeException(msg));
                break;
        }
    }

    public override void ExceptionCaught(IChannelHandlerContext ctx, Exception exception)
    {
        if (exception is DecoderException)
        {
            ctx.WriteAndFlushAsync(new Command(-1, Array.Empty<byte>()));
        }

        ctx.CloseAsync();
    }
}
