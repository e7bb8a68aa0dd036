using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace Acme.Echo;

public class EchoClientHandler : SimpleChannelInboundHandler<IByteBuffer>
{
    private readonly IByteBuffer _greeting;
    private readonly int _repeats;
    private int _received;

    public EchoClientHandler(string greeting, int repeats)
    {
        _greeting = Unpooled.Buffer(256);
        _greeting.WriteBytes(Encoding.UTF8.GetBytes(greeting));
        _repeats = repeats;
    }

    public TaskCompletionSource<string> LastEcho { get; } = new TaskCompletionSource<string>();

    public override void ChannelActive(IChannelHandlerContext context) => context.WriteAndFlushAsync(_greeting.Copy());

    protected override void ChannelRead0(IChannelHandlerContext context, IByteBuffer message)
    {
        if (++_received < _repeats)
        {
            // The base class releases the message; what is sent again has to be kept.
            context.WriteAsync(message.Retain());
            return;
        }

        LastEcho.TrySetResult(message.ToString(Encoding.UTF8));
        _greeting.Release();
        context.CloseAsync();
    }

    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        context.Flush();
    }

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
    {
        LastEcho.TrySetException(exception);
        context.CloseAsync();
    }
}
