using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;

namespace EsockdNetty.Codecs.Tests.Pipeline;

public class PacketEncoderReentryTests : LeakFreeTests
{
    [Fact]
    public void A_packet_written_while_a_full_batch_goes_down_is_not_lost()
    {
        var channel = new EmbeddedChannel(new WritesOnce("inner"), new PacketEncoder(PacketType.One));
        string filling = new('x', 250);

        channel.Pipeline.Write(Packet(filling));
        channel.Pipeline.Write(Packet("outer"));
        channel.Pipeline.Flush();

        Assert.Equal($"\u00fa{filling}\u0005inner\u0005outer", Written(channel));
    }

    private static IByteBuffer Packet(string text) => Unpooled.CopiedBuffer(text, Encoding.Latin1);

    private static string Written(EmbeddedChannel channel)
    {
        var text = new StringBuilder();
        while (channel.ReadOutbound<IByteBuffer>() is { } part)
        {
            text.Append(part.ToString(Encoding.Latin1));
            part.Release();
        }

        return text.ToString();
    }

    private sealed class WritesOnce(string text) : ChannelHandlerAdapter
    {
        private bool _hasWritten;

        public override Task WriteAsync(IChannelHandlerContext context, object message)
        {
            Task write = context.WriteAsync(message);
            if (!_hasWritten)
            {
                _hasWritten = true;
                context.Channel.Pipeline.Write(Packet(text));
            }

            return write;
        }
    }
}
