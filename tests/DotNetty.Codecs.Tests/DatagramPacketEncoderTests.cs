using System.Net;
using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests;

public sealed class DatagramPacketEncoderTests : LeakFreeTests
{
    private static readonly IPEndPoint From = new(IPAddress.Loopback, 1);
    private static readonly IPEndPoint To = new(IPAddress.Loopback, 2);

    [Fact]
    public void Encodes_the_content_and_keeps_the_addresses_with_and_without_a_promise()
    {
        var channel = new EmbeddedChannel(new DatagramPacketEncoder<string>(new Text()));

        Task write = channel.WriteAsync(new DefaultAddressedEnvelope<string>("a", From, To));
        channel.Write(new DefaultAddressedEnvelope<string>("b", From, To));
        channel.Flush();

        Assert.True(write.IsCompletedSuccessfully);
        foreach (string expected in new[] { "a", "b" })
        {
            var packet = channel.ReadOutbound<DatagramPacket>();
            Assert.Equal(expected, packet.Content.ToString(Encoding.ASCII));
            Assert.Same(From, packet.Sender);
            Assert.Same(To, packet.Recipient);
            packet.Release();
        }
    }

    [Fact]
    public void A_datagram_is_an_envelope_of_a_buffer_and_is_released()
    {
        IByteBuffer content = Bytes(1);
        var channel = new EmbeddedChannel(new DatagramPacketEncoder<IByteBuffer>(new Copies(1)));

        channel.WriteOutbound(new DatagramPacket(content, To));

        var packet = channel.ReadOutbound<DatagramPacket>();
        Assert.Equal(1, packet.Content.ReadByte());
        Assert.Equal(0, content.ReferenceCount);
        packet.Release();
    }

    [Fact]
    public void Other_messages_pass_by()
    {
        var channel = new EmbeddedChannel(new DatagramPacketEncoder<string>(new Text()));
        var other = new DefaultAddressedEnvelope<object>(5L, To);

        channel.WriteOutbound("text", other);

        Assert.Equal(["text", other], channel.OutboundMessages);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_message_that_is_not_one_buffer_is_no_datagram_and_nothing_leaks(int parts)
    {
        IByteBuffer content = Bytes(1);
        var channel = new EmbeddedChannel(new DatagramPacketEncoder<IByteBuffer>(new Copies(parts)));

        Task write = channel.WriteAndFlushAsync(new DatagramPacket(content, To));

        EncoderException fault = await Assert.ThrowsAsync<EncoderException>(() => write);
        Assert.Contains($"made {parts} messages of one", fault.Message, StringComparison.Ordinal);
        Assert.Empty(channel.OutboundMessages);
        Assert.Equal(0, content.ReferenceCount);
    }

    [Fact]
    public void The_encoder_sees_every_operation_as_if_it_stood_there_itself()
    {
        var encoder = new Sees();
        var channel = new EmbeddedChannel(new DatagramPacketEncoder<string>(encoder));
        encoder.Log.Clear();

        channel.Read();
        channel.Flush();
        channel.BindAsync(From);
        channel.ConnectAsync(To);
        channel.DeregisterAsync();
        channel.Pipeline.FireExceptionCaught(new FormatException());
        channel.CloseAsync();
        channel.Pipeline.RemoveFirst();

        Assert.Equal("read flush bind connect deregister FormatException close removed", string.Join(' ', encoder.Log));
    }

    private sealed class Text : MessageToMessageEncoder<string>
    {
        protected internal override void Encode(IChannelHandlerContext context, string message, List<object> output) =>
            output.Add(Bytes(Encoding.ASCII.GetBytes(message)));
    }

    private sealed class Copies(int count) : MessageToMessageEncoder<IByteBuffer>
    {
        protected internal override void Encode(IChannelHandlerContext context, IByteBuffer message, List<object> output)
        {
            for (int i = 0; i < count; i++)
            {
                output.Add(message.Copy());
            }
        }
    }

    private sealed class Sees : MessageToMessageEncoder<string>
    {
        public List<string> Log { get; } = [];

        public override void HandlerAdded(IChannelHandlerContext context) => Log.Add("added");

        public override void HandlerRemoved(IChannelHandlerContext context) => Log.Add("removed");

        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => Log.Add(exception.GetType().Name);

        public override Task BindAsync(IChannelHandlerContext context, EndPoint localAddress) => Note("bind");

        public override Task ConnectAsync(IChannelHandlerContext context, EndPoint remoteAddress, EndPoint localAddress) => Note("connect");

        public override Task DeregisterAsync(IChannelHandlerContext context) => Note("deregister");

        public override Task CloseAsync(IChannelHandlerContext context) => Note("close");

        public override void Read(IChannelHandlerContext context) => Log.Add("read");

        public override void Flush(IChannelHandlerContext context) => Log.Add("flush");

        protected internal override void Encode(IChannelHandlerContext context, string message, List<object> output) => Assert.Fail("Nothing was written.");

        private Task Note(string what)
        {
            Log.Add(what);
            return Task.CompletedTask;
        }
    }
}
