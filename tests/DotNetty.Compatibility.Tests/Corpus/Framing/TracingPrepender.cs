using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;

namespace Acme.Framing;

public class TracingPrepender : LengthFieldPrepender
{
    public TracingPrepender()
        : base(2, true)
    {
    }

    public int Frames { get; private set; }

    protected override void Encode(IChannelHandlerContext context, IByteBuffer message, List<object> output)
    {
        Frames++;
        base.Encode(context, message, output);
    }
}
