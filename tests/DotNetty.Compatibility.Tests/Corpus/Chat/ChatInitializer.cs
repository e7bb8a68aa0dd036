using DotNetty.Codecs;
using DotNetty.Transport.Channels;

namespace Acme.Chat;

public class ChatInitializer : ChannelInitializer<IChannel>
{
    private static readonly LineOfTextDecoder Decoder = new LineOfTextDecoder();
    private static readonly LineOfTextEncoder Encoder = new LineOfTextEncoder();

    private readonly IChannelHandler _handler;

    public ChatInitializer(IChannelHandler handler)
    {
        _handler = handler;
    }

    protected override void InitChannel(IChannel channel)
    {
        var pipeline = channel.Pipeline;
        pipeline.AddLast(new LengthFieldBasedFrameDecoder(4096, 0, 4, 0, 4));
        pipeline.AddLast(new LengthFieldPrepender(4));
        pipeline.AddLast(Decoder, Encoder);
        pipeline.AddLast(_handler);
    }
}
