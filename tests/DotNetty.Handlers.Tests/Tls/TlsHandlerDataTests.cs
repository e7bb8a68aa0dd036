using System.Buffers.Binary;
using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;

namespace DotNetty.Handlers.Tests.Tls;

public sealed class TlsHandlerDataTests : LeakFreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(4_097)]
    [InlineData(16_384)]
    [InlineData(1_000_000)]
    public void Carries_messages_of_any_size_both_ways(int size)
    {
        using TlsChannels channels = TlsChannels.Secured();
        byte[] up = new byte[size];
        byte[] down = new byte[size];
        new Random(size).NextBytes(up);
        new Random(size + 1).NextBytes(down);

        Task sent = channels.Client.WriteAndFlushAsync(Unpooled.WrappedBuffer(up));
        channels.Server.Write(Unpooled.WrappedBuffer(down));
        channels.Server.Flush();
        channels.Exchange();

        Assert.True(sent.IsCompletedSuccessfully);
        Assert.Equal(up, channels.ServerEvents.Received);
        Assert.Equal(down, channels.ClientEvents.Received);
    }

    [Fact]
    public void Mixes_small_large_and_composite_messages_without_changing_their_order()
    {
        using TlsChannels channels = TlsChannels.Secured();
        var expected = new MemoryStream();
        var random = new Random(7);
        var writes = new List<Task>();

        for (int i = 0; i < 300; i++)
        {
            byte[] bytes = new byte[random.Next(3) switch { 0 => random.Next(0, 40), 1 => random.Next(0, 5_000), _ => random.Next(0, 50_000) }];
            random.NextBytes(bytes);
            expected.Write(bytes);
            IByteBuffer message = i % 5 == 0 ? Halves(bytes) : Unpooled.CopiedBuffer(bytes);
            writes.Add(channels.Client.WriteAsync(message));
            if (i % 17 == 0)
            {
                channels.Client.Flush();
            }
        }

        channels.Client.Flush();
        channels.Exchange();

        Assert.All(writes, write => Assert.True(write.IsCompletedSuccessfully));
        Assert.Equal(expected.ToArray(), channels.ServerEvents.Received);
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(4_000, 1)]
    [InlineData(8_000, 1)]
    [InlineData(16_380, 1)]
    [InlineData(16_381, 2)]
    [InlineData(40_000, 3)]
    public void A_header_and_its_body_in_one_message_take_no_record_more_than_their_bytes(int length, int records)
    {
        using TlsChannels channels = TlsChannels.Secured();
        TlsChannels.TakeOutbound(channels.Client);
        byte[] body = new byte[length];
        new Random(length).NextBytes(body);

        channels.Client.Write(Unpooled.CompositeBuffer(2).AddComponents(true, Unpooled.CopiedBuffer([1, 2, 3, 4]), Unpooled.CopiedBuffer(body)));
        channels.Client.Flush();
        byte[] sent = TlsChannels.TakeOutbound(channels.Client);
        channels.Server.WriteInbound(Unpooled.WrappedBuffer(sent));

        Assert.Equal(records, CountRecords(sent));
        Assert.Equal([1, 2, 3, 4, .. body], channels.ServerEvents.Received);
    }

    [Fact]
    public void Small_messages_of_one_flush_share_a_record()
    {
        using TlsChannels channels = TlsChannels.Secured();
        TlsChannels.TakeOutbound(channels.Client);

        for (int i = 0; i < 10; i++)
        {
            channels.Client.Write(TlsChannels.Text("0123456789"));
        }

        channels.Client.Flush();
        byte[] record = TlsChannels.TakeOutbound(channels.Client);

        Assert.InRange(record.Length, 101, 140);
    }

    [Fact]
    public void Nothing_is_sent_without_a_flush()
    {
        using TlsChannels channels = TlsChannels.Secured();

        channels.Client.Write(TlsChannels.Text("waits"));

        Assert.Empty(channels.Client.OutboundMessages);
    }

    [Fact]
    public void A_record_without_plaintext_asks_for_more()
    {
        using TlsChannels channels = TlsChannels.Secured();
        channels.Server.Configuration.AutoRead = false;
        channels.Client.WriteAndFlushAsync(TlsChannels.Text("in two pieces"));
        byte[] record = TlsChannels.TakeOutbound(channels.Client);
        channels.Server.Read();

        channels.Server.WriteInbound(Unpooled.CopiedBuffer(record, 0, 10));
        bool asksForMore = channels.Server.ReadPending;
        channels.Server.WriteInbound(Unpooled.CopiedBuffer(record, 10, record.Length - 10));
        bool asksAgain = channels.Server.ReadPending;

        Assert.True(asksForMore);
        Assert.False(asksAgain);
        Assert.Equal("in two pieces"u8, channels.ServerEvents.Received);
    }

    [Fact]
    public void After_data_that_waited_for_a_stage_behind_the_peer_is_read_on()
    {
        var pause = new Pause();
        var events = new Recorder();
        var server = new EmbeddedChannel(new TlsHandler(EnginePair.ServerSettings()), pause, events);
        using var channels = new TlsChannels();
        channels.Client.WriteAndFlushAsync(TlsChannels.Text("early"));
        TlsChannels.Carry(channels.Client, server);
        TlsChannels.Carry(server, channels.Client);
        TlsChannels.Carry(channels.Client, server);
        Assert.DoesNotContain("read", events.Events);

        pause.End(server.Pipeline.Context(pause));
        server.RunPendingTasks();

        Assert.Equal("early"u8, events.Received);
        Assert.True(server.ReadPending);
        server.Unsafe.CloseForcibly();
        server.RunPendingTasks();
        server.ReleaseOutbound();
    }

    [Fact]
    public void A_small_message_does_not_keep_a_records_storage()
    {
        IByteBuffer? received = null;
        using TlsChannels channels = TlsChannels.Secured();
        channels.Server.Pipeline.Replace(nameof(Recorder) + "#0", "taker", new Taker(message => received = message));

        channels.Client.WriteAndFlushAsync(TlsChannels.Text("small"));
        channels.Exchange();

        Assert.NotNull(received);
        Assert.InRange(received.StorageSize, 5, 512);
        received.Release();
    }

    [Fact]
    public void A_record_that_was_tampered_with_is_reported_and_closes()
    {
        using TlsChannels channels = TlsChannels.Secured();
        channels.Client.WriteAndFlushAsync(TlsChannels.Text("data"));
        byte[] record = TlsChannels.TakeOutbound(channels.Client);
        record[^1] ^= 1;

        channels.Server.WriteInbound(Unpooled.WrappedBuffer(record));

        Assert.Equal(["active", "secured", "exception", "inactive"], channels.ServerEvents.Events);
        Assert.Empty(channels.ServerEvents.Received);
        Assert.False(channels.Server.Open);
    }

    [Fact]
    public void A_message_that_is_no_buffer_is_refused()
    {
        using TlsChannels channels = TlsChannels.Secured();

        Task write = channels.Client.WriteAsync("text");

        Assert.IsType<UnsupportedMessageTypeException>(write.Exception?.InnerException);
        Assert.True(channels.Client.Open);
    }

    [Fact]
    public void Exceptions_of_a_connection_in_use_pass_through()
    {
        using TlsChannels channels = TlsChannels.Secured();
        var reset = new SocketException((int)SocketError.ConnectionReset);

        channels.Server.Pipeline.FireExceptionCaught(reset);

        Assert.Same(reset, Assert.Single(channels.ServerEvents.Exceptions));
    }

    [Fact]
    public void Removing_the_handler_fails_what_waits()
    {
        using TlsChannels channels = TlsChannels.Secured();
        Task write = channels.Client.WriteAsync(TlsChannels.Text("waits"));

        channels.Client.Pipeline.Remove(channels.ClientTls);

        Assert.IsType<ClosedChannelException>(write.Exception?.InnerException);
    }

    private static int CountRecords(byte[] sent)
    {
        int records = 0;
        for (int at = 0; at < sent.Length; at += 5 + BinaryPrimitives.ReadUInt16BigEndian(sent.AsSpan(at + 3)))
        {
            records++;
        }

        return records;
    }

    private static CompositeByteBuffer Halves(byte[] bytes)
    {
        int middle = bytes.Length / 2;
        CompositeByteBuffer whole = Unpooled.CompositeBuffer();
        whole.AddComponent(true, Unpooled.CopiedBuffer(bytes, 0, middle));
        whole.AddComponent(true, Unpooled.CopiedBuffer(bytes, middle, bytes.Length - middle));
        return whole;
    }

    private sealed class Taker(Action<IByteBuffer> take) : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message) => take((IByteBuffer)message);
    }

    /// <summary>Withholds every read until it ends.</summary>
    private sealed class Pause : ChannelHandlerAdapter
    {
        private bool _ended;

        public override void Read(IChannelHandlerContext context)
        {
            if (_ended)
            {
                context.Read();
            }
        }

        public void End(IChannelHandlerContext context)
        {
            _ended = true;
            context.Read();
        }
    }
}
