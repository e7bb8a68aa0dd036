using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Connections;

/// <summary>Frames that a decoder among the user's own handlers cannot take: the peer's misbehaviour, not a fault of ours.</summary>
public sealed class BadFrameTests
{
    private const int FaultOfOurs = 241;

    private readonly LogLines _log = new();

    public static TheoryData<Exception, CloseReason> Exceptions => new()
    {
        { new TooLongFrameException("of the peer"), CloseReason.FrameTooLong },
        { new DecoderException(new TooLongFrameException("of the peer")), CloseReason.FrameTooLong },
        { new CorruptedFrameException("of the peer"), CloseReason.BadFrame },
        { new DecoderException("around", new CorruptedFrameException("of the peer")), CloseReason.BadFrame },
        { new DecoderException("a decoder of ours"), CloseReason.HandlerFault },
        { new DecoderException(new InvalidOperationException("a decoder of ours")), CloseReason.HandlerFault },
    };

    /// <summary>A decoder, what it cannot take, and the reason.</summary>
    public static TheoryData<SocketTransport, Func<IChannelHandler>, byte[], CloseReason> Decoders
    {
        get
        {
            var decoders = new TheoryData<SocketTransport, Func<IChannelHandler>, byte[], CloseReason>();
            foreach (SocketTransport transport in new[] { SocketTransport.Epoll, SocketTransport.Sockets })
            {
                decoders.Add(transport, static () => new LengthFieldBasedFrameDecoder(10, 0, 2), [255, 255, 1], CloseReason.FrameTooLong);
                decoders.Add(transport, static () => new LengthFieldBasedFrameDecoder(10, 0, 2, -5, 0), [0, 1], CloseReason.BadFrame);
                decoders.Add(transport, static () => new LineBasedFrameDecoder(3), "much too long\n"u8.ToArray(), CloseReason.FrameTooLong);
                decoders.Add(transport, static () => new PacketDecoder(PacketType.Two, 10), [255, 255], CloseReason.FrameTooLong);
            }

            return decoders;
        }
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void The_last_handler_tells_whose_fault_it_was(Exception exception, CloseReason expected)
    {
        var channel = new EmbeddedChannel(new CloseReasonHandler(), new Throws(exception), new LastHandler("test", _log.CreateLogger("test")));

        channel.WriteInbound(Unpooled.WrappedBuffer([1]));

        Assert.Equal(expected, ConnectionLease.Of(channel).CloseReason);
        Assert.False(channel.Open);
        Assert.Equal(expected == CloseReason.HandlerFault ? LogLevel.Error : LogLevel.Debug, Assert.Single(_log.All).Level);
    }

    [Theory]
    [MemberData(nameof(Decoders))]
    public async Task A_bad_frame_in_a_decoder_of_the_users_is_told_at_Debug_and_earns_points(
        SocketTransport transport, Func<IChannelHandler> decoder, byte[] sent, CloseReason expected)
    {
        await using OneListener server = await OneListener.OpenPipeline(
            pipeline => pipeline.AddLast(decoder(), new EchoHandler()),
            server: new SocketServerOptions { Transport = transport, LoggerFactory = _log, Bans = { BadFraming = 1, Threshold = 2 } });

        for (int i = 0; i < 2; i++)
        {
            using Peer bad = await server.Connect();
            await bad.Send(sent);
            Assert.True(await bad.EndsInOrder());
        }

        Assert.Equal($"{expected} 2", server.Endings(2));
        Eventually.Equal(1, () => server.Server.Bans.List().Count);
        Assert.True(await Peer.IsRefused(server.Listener));
        Assert.DoesNotContain(_log.All, static line => line.Id == FaultOfOurs);
    }

    private sealed class Throws(Exception exception) : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            ((IByteBuffer)message).Release();
            throw exception;
        }
    }
}
