using DotNetty.Buffers;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Benchmarks.Load;

/// <summary>One connection of the generator: verifies what comes back, and leaves to the kinds of load what to send when.</summary>
internal abstract class LoadHandler(LoadLane lane, EchoStream stream, bool tls) : ChannelHandlerAdapter
{
    private readonly TaskCompletionSource _ended = new();
    private bool _unflushed;

    /// <summary>Completes on the loop when the connection has ended after it was open.</summary>
    public Task Ended => _ended.Task;

    protected LoadLane Lane => lane;

    protected EchoStream Stream => stream;

    /// <summary>True when this side has closed, so that an end is no failure.</summary>
    protected bool Done { get; private set; }

    public override void ChannelActive(IChannelHandlerContext context)
    {
        lane.Opened(context.Channel);
        if (!tls)
            Open(context);
    }

    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (evt is TlsHandshakeCompletionEvent { IsSuccessful: true })
            Open(context);
        else if (evt is TlsHandshakeCompletionEvent failed)
            lane.Fail($"handshake: {failed.Exception.Message}");
        else
            context.FireUserEventTriggered(evt);
    }

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        var bytes = (IByteBuffer)message;
        long before = stream.Received;
        bool right = stream.Verify(bytes.ReadableSpan);
        bytes.Release();
        if (right)
            Echoed(context, (int)(stream.Received - before));
        else
            Refuse(context);
    }

    public override void ChannelReadComplete(IChannelHandlerContext context) => FlushWritten(context);

    public override void ChannelInactive(IChannelHandlerContext context)
    {
        lane.Closed(context.Channel);
        if (!Done)
            lane.Fail("the server closed a connection");
        _ended.TrySetResult();
    }

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
    {
        if (!Done)
            lane.Fail($"{exception.GetType().Name}: {exception.Message}");
        Done = true;
        context.CloseAsync();
    }

    /// <summary>The connection can be used.</summary>
    protected abstract void Open(IChannelHandlerContext context);

    /// <summary>That many messages have just come back whole; perhaps none, when it was part of one.</summary>
    protected abstract void Echoed(IChannelHandlerContext context, int count);

    /// <summary>Writes the next messages as one buffer. They leave at the end of the read, or by <see cref="FlushWritten"/>.</summary>
    protected void Write(IChannelHandlerContext context, int count)
    {
        if (count == 0 || lane.Stopping)
            return;

        int length = count * stream.MessageLength;
        IByteBuffer output = context.Allocator.Buffer(length);
        stream.WriteNext(output.GetWritableSpan(length), count);
        output.AdvanceWriter(length);
        context.Write(output);
        _unflushed = true;
    }

    protected void FlushWritten(IChannelHandlerContext context)
    {
        if (!_unflushed)
            return;

        _unflushed = false;
        context.Flush();
    }

    protected void Close(IChannelHandlerContext context)
    {
        Done = true;
        context.CloseAsync();
    }

    private void Refuse(IChannelHandlerContext context)
    {
        lane.Mismatch($"a wrong byte after {stream.Received} whole messages of {stream.Sent}");
        Close(context);
    }
}
