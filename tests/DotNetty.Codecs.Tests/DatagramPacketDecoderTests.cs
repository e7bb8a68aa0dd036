using System.Net;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests;

public sealed class DatagramPacketDecoderTests : LeakFreeTests
{
    private static readonly IPEndPoint From = new(IPAddress.Loopback, 1);
    private static readonly IPEndPoint To = new(IPAddress.Loopback, 2);

    [Fact]
    public void Decodes_the_content_and_releases_the_datagram()
    {
        IByteBuffer content = Bytes(1, 2);
        var channel = new EmbeddedChannel(new DatagramPacketDecoder(new BytesDecoder()));

        channel.WriteInbound(new DatagramPacket(content, From, To));

        Assert.Equal([(byte)1, (byte)2], channel.InboundMessages);
        Assert.Equal(0, content.ReferenceCount);
    }

    [Fact]
    public void What_the_decoder_keeps_of_the_content_lives_on()
    {
        IByteBuffer content = Bytes(1, 2);
        var channel = new EmbeddedChannel(new DatagramPacketDecoder(new Keeps()));

        channel.WriteInbound(new DatagramPacket(content, From, To));

        Assert.Same(content, channel.ReadInbound<IByteBuffer>());
        Assert.True(content.Release());
    }

    [Fact]
    public void Buffers_text_and_datagrams_the_decoder_does_not_take_pass_by()
    {
        var channel = new EmbeddedChannel(new DatagramPacketDecoder(new BytesDecoder { Takes = false }));
        IByteBuffer buffer = Bytes(1);
        var packet = new DatagramPacket(Bytes(2), From, To);

        channel.WriteInbound("text", buffer, packet);

        Assert.Equal(["text", buffer, packet], channel.InboundMessages);
        buffer.Release();
        packet.Release();
    }

    [Fact]
    public void A_failure_is_told_and_releases_the_datagram()
    {
        IByteBuffer content = Bytes(1, 0);
        var recorder = new Recorder();
        var channel = new EmbeddedChannel(new DatagramPacketDecoder(new BytesDecoder()), recorder);

        channel.WriteInbound(new DatagramPacket(content, From, To));

        Assert.Equal("1 DecoderException complete", recorder.Story);
        Assert.Equal(0, content.ReferenceCount);
    }

    [Fact]
    public void The_decoder_sees_every_event_as_if_it_stood_there_itself()
    {
        var decoder = new Sees();
        var channel = new EmbeddedChannel(new DatagramPacketDecoder(decoder), new Recorder());

        channel.Pipeline.FireChannelReadComplete();
        channel.Pipeline.FireUserEventTriggered("event");
        channel.Pipeline.FireExceptionCaught(new FormatException());
        channel.SetWritable(false);
        channel.RunPendingTasks();
        channel.CloseAsync();
        channel.RunPendingTasks();

        Assert.Equal(
            "added registered active complete event FormatException writability inactive unregistered removed",
            string.Join(' ', decoder.Log));
    }

    [Fact]
    public void Is_sharable_as_its_decoder_is()
    {
        Assert.False(new DatagramPacketDecoder(new BytesDecoder()).IsSharable);
        Assert.True(new DatagramPacketDecoder(new Keeps()).IsSharable);
    }

    private sealed class BytesDecoder : MessageToMessageDecoder<IByteBuffer>
    {
        public bool Takes { get; init; } = true;

        public override bool AcceptInboundMessage(object msg) => Takes && base.AcceptInboundMessage(msg);

        protected internal override void Decode(IChannelHandlerContext context, IByteBuffer message, List<object> output)
        {
            while (message.IsReadable())
            {
                output.Add(message.ReadByte() is var value && value > 0 ? value : throw new FormatException());
            }
        }
    }

    private sealed class Keeps : MessageToMessageDecoder<IByteBuffer>
    {
        public override bool IsSharable => true;

        protected internal override void Decode(IChannelHandlerContext context, IByteBuffer message, List<object> output) => output.Add(message.Retain());
    }

    private sealed class Sees : MessageToMessageDecoder<IByteBuffer>
    {
        public List<string> Log { get; } = [];

        public override void HandlerAdded(IChannelHandlerContext context) => Log.Add("added");

        public override void HandlerRemoved(IChannelHandlerContext context) => Log.Add("removed");

        public override void ChannelRegistered(IChannelHandlerContext context) => Log.Add("registered");

        public override void ChannelUnregistered(IChannelHandlerContext context) => Log.Add("unregistered");

        public override void ChannelActive(IChannelHandlerContext context) => Log.Add("active");

        public override void ChannelInactive(IChannelHandlerContext context) => Log.Add("inactive");

        public override void ChannelReadComplete(IChannelHandlerContext context) => Log.Add("complete");

        public override void ChannelWritabilityChanged(IChannelHandlerContext context) => Log.Add("writability");

        public override void UserEventTriggered(IChannelHandlerContext context, object evt) => Log.Add($"{evt}");

        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => Log.Add(exception.GetType().Name);

        protected internal override void Decode(IChannelHandlerContext context, IByteBuffer message, List<object> output) => Assert.Fail("Nothing was received.");
    }
}
