using DotNetty.Buffers;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;

namespace DotNetty.Handlers.Tests.Tls;

/// <summary>Writes down, in order, what reaches the end of a pipeline.</summary>
internal sealed class Recorder : ChannelHandlerAdapter
{
    private readonly MemoryStream _received = new();

    public List<string> Events { get; } = [];

    public List<Exception> Exceptions { get; } = [];

    public TlsHandshakeCompletionEvent? Completion { get; private set; }

    public Action<IChannelHandlerContext>? OnCompletion { get; init; }

    public byte[] Received => _received.ToArray();

    public override void ChannelActive(IChannelHandlerContext context)
    {
        Events.Add("active");
        context.FireChannelActive();
    }

    public override void ChannelInactive(IChannelHandlerContext context)
    {
        Events.Add("inactive");
        context.FireChannelInactive();
    }

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        var buffer = (IByteBuffer)message;
        if (Events[^1] != "read")
        {
            Events.Add("read");
        }

        _received.Write(buffer.ReadableSpan);
        buffer.Release();
    }

    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (evt is TlsHandshakeCompletionEvent completion)
        {
            Completion = completion;
            Events.Add(completion.IsSuccessful ? "secured" : "refused");
            OnCompletion?.Invoke(context);
        }
        else
        {
            Events.Add(evt.GetType().Name);
        }
    }

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
    {
        Events.Add("exception");
        Exceptions.Add(exception);
    }
}
