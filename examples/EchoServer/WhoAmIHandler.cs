using System.Net;
using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace EchoServer;

/// <summary>Answers the payload WHOAMI, alone or as a line, with the address the connection came from. All else it passes on; one instance serves every connection.</summary>
internal sealed class WhoAmIHandler : ChannelHandlerAdapter
{
    private const string Question = "WHOAMI";
    private const int LongestLineEnd = 2;

    public override bool IsSharable => true;

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (message is not IByteBuffer payload || LineEndOf(payload) is not { } lineEnd)
        {
            context.FireChannelRead(message);
            return;
        }

        payload.Release();
        context.Write(Unpooled.CopiedBuffer(AddressOf(context.Channel.RemoteAddress) + lineEnd, Encoding.ASCII));
    }

    // Null: it is not the question.
    private static string? LineEndOf(IByteBuffer payload)
    {
        if (payload.ReadableBytes < Question.Length || payload.ReadableBytes > Question.Length + LongestLineEnd)
            return null;

        string text = payload.ToString(Encoding.ASCII);
        string end = text[Question.Length..];
        return text.StartsWith(Question, StringComparison.Ordinal) && (end is "" or "\n" or "\r\n") ? end : null;
    }

    private static string AddressOf(EndPoint? peer) => peer switch
    {
        IPEndPoint { Address.IsIPv4MappedToIPv6: true } mapped => new IPEndPoint(mapped.Address.MapToIPv4(), mapped.Port).ToString(),
        IPEndPoint ip => ip.ToString(),
        _ => "unix",
    };
}
