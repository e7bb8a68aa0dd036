using System.Text;
using DotNetty.Buffers;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;

namespace DotNetty.Compatibility.Tests.Defects;

/// <summary>What an application hears that does nothing about it.</summary>
internal sealed class TlsEvents : ChannelHandlerAdapter
{
    private readonly StringBuilder _text = new();

    public List<TlsHandshakeCompletionEvent> Completions { get; } = [];

    public List<Exception> Exceptions { get; } = [];

    public string Text => _text.ToString();

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        var buffer = (IByteBuffer)message;
        _text.Append(buffer.ToString(Encoding.ASCII));
        buffer.Release();
    }

    public override void UserEventTriggered(IChannelHandlerContext context, object evt)
    {
        if (evt is TlsHandshakeCompletionEvent completion)
        {
            Completions.Add(completion);
        }
    }

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => Exceptions.Add(exception);
}
