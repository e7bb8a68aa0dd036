using System.Net;
using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class SocketDatagramChannelWriteTests : LeakFreeTests
{
    private const string ToOther = " to 127.0.0.1:9";

    private readonly ScriptedDatagramChannel _channel = new();

    private ScriptedDatagramSocket Socket => _channel.Socket;

    private Recorder Recorder => _channel.Recorder;

    private SocketDatagramChannel Channel => _channel.Channel;

    public override void Dispose()
    {
        _channel.Dispose();
        base.Dispose();
    }

    [Fact]
    public void All_ways_to_write_keep_their_order_and_each_message_is_a_datagram()
    {
        _channel.Bound();

        Channel.Write(ScriptedDatagramChannel.Packet("a"));
        Task second = Channel.WriteAsync(ScriptedDatagramChannel.Packet("b"));
        Task third = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Packet("c"));

        Assert.Equal(["a" + ToOther, "b" + ToOther, "c" + ToOther], Socket.Sent);
        Assert.True(second.IsCompletedSuccessfully && third.IsCompletedSuccessfully);
        Assert.Equal(3, Channel.BytesSent);
    }

    [Fact]
    public void Replies_within_a_round_leave_after_its_end()
    {
        int sentAtReadComplete = -1;
        Recorder.OnRead = (context, message) => context.WriteAndFlushAsync(new DatagramPacket(((DatagramPacket)message).Content, ((DatagramPacket)message).Sender));
        Recorder.OnReadComplete = _ => sentAtReadComplete = Socket.Sent.Count;
        _channel.Bound();

        _channel.Receive("one", "two");

        Assert.Equal(0, sentAtReadComplete);
        Assert.Equal(["one to 127.0.0.1:2", "two to 127.0.0.1:2"], Socket.Sent);
    }

    [Fact]
    public void A_buffer_goes_to_the_peer_of_a_connected_channel()
    {
        _channel.Connected();

        Task write = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Bytes("hello"));

        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal(["hello"], Socket.Sent);
    }

    [Fact]
    public void A_datagram_for_the_connected_peer_needs_no_address()
    {
        _channel.Connected();

        _ = Channel.WriteAsync(new DatagramPacket(ScriptedDatagramChannel.Bytes("a"), new IPEndPoint(IPAddress.Loopback, 2)));
        _ = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Packet("b"));

        Assert.Equal(["a", "b" + ToOther], Socket.Sent);
    }

    [Fact]
    public void An_envelope_of_another_kind_is_sent_as_a_datagram()
    {
        _channel.Bound();
        IByteBuffer content = ScriptedDatagramChannel.Bytes("hello");

        Task write = Channel.WriteAndFlushAsync(new DefaultAddressedEnvelope<IByteBuffer>(content, ScriptedDatagramChannel.Other));

        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal(["hello" + ToOther], Socket.Sent);
        Assert.Equal(0, content.ReferenceCount);
    }

    [Fact]
    public void A_datagram_of_several_buffers_leaves_in_one()
    {
        _channel.Bound();
        CompositeByteBuffer content = Unpooled.CompositeBuffer().AddComponents(true, ScriptedDatagramChannel.Bytes("hel"), ScriptedDatagramChannel.Bytes("lo"));

        _ = Channel.WriteAndFlushAsync(new DatagramPacket(content, ScriptedDatagramChannel.Other));

        Assert.Equal(["hello" + ToOther], Socket.Sent);
    }

    [Fact]
    public void An_empty_datagram_is_sent()
    {
        _channel.Bound();

        Task write = Channel.WriteAndFlushAsync(new DatagramPacket(Unpooled.Empty, ScriptedDatagramChannel.Other));

        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal([ToOther], Socket.Sent);
    }

    [Fact]
    public async Task A_datagram_that_is_too_large_fails_alone()
    {
        _channel.Bound();
        Socket.Answers(SocketError.Success, SocketError.MessageSize);

        Task before = Channel.WriteAsync(ScriptedDatagramChannel.Packet("before"));
        Task large = Channel.WriteAsync(ScriptedDatagramChannel.Packet("large"));
        Task larger = Channel.WriteAsync(new DatagramPacket(Unpooled.WrappedBuffer(new byte[65_536]), ScriptedDatagramChannel.Other));
        Task after = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Packet("after"));

        Assert.True(before.IsCompletedSuccessfully && after.IsCompletedSuccessfully);
        SocketException fault = await Assert.ThrowsAsync<SocketException>(() => large);
        Assert.Equal(SocketError.MessageSize, fault.SocketErrorCode);
        Assert.StartsWith("A datagram of 5 bytes to 127.0.0.1:9 was not sent", fault.Message, StringComparison.Ordinal);
        Assert.Equal(SocketError.MessageSize, (await Assert.ThrowsAsync<SocketException>(() => larger)).SocketErrorCode);
        Assert.Equal(["before" + ToOther, "after" + ToOther], Socket.Sent);
        Assert.True(Channel.Active);
    }

    [Fact]
    public void A_datagram_without_a_promise_that_cannot_be_sent_is_told_of_and_closes_nothing()
    {
        _channel.Bound();
        Socket.Answers(SocketError.MessageSize);

        Channel.Write(ScriptedDatagramChannel.Packet("large"));
        Channel.Write(ScriptedDatagramChannel.Packet("after"));
        Channel.Flush();
        _channel.Run();

        Assert.Equal(["Exception SocketException"], Recorder.Events);
        Assert.Equal(["after" + ToOther], Socket.Sent);
        Assert.True(Channel.Active);
    }

    [Fact]
    public void A_send_that_would_wait_goes_on_when_the_socket_is_writable()
    {
        _channel.Bound();
        Socket.Answers(SocketError.Success, SocketError.WouldBlock);

        Task first = Channel.WriteAsync(ScriptedDatagramChannel.Packet("a"));
        Task second = Channel.WriteAsync(ScriptedDatagramChannel.Packet("b"));
        Task third = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Packet("c"));
        bool waited = first.IsCompleted && !second.IsCompleted && !third.IsCompleted && Socket.WriteWanted;
        Channel.Flush();
        int callsWhileWaiting = Socket.SendCalls;
        Socket.BecomesWritable();
        _channel.Run();

        Assert.True(waited);
        Assert.Equal(2, callsWhileWaiting);
        Assert.Equal(["a" + ToOther, "b" + ToOther, "c" + ToOther], Socket.Sent);
        Assert.True(third.IsCompletedSuccessfully);
        Assert.False(Socket.WriteWanted);
    }

    [Fact]
    public void A_system_out_of_buffers_is_asked_again_ever_more_seldom_and_loses_nothing()
    {
        _channel.Bound();
        Socket.Answers([.. Enumerable.Repeat(SocketError.NoBufferSpaceAvailable, 10)]);
        var calls = new List<int>();

        Task write = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Packet("a"));
        foreach (int milliseconds in new[] { 1, 2, 4, 8, 16, 32, 64, 64, 64, 64 })
        {
            _channel.Advance(TimeSpan.FromMilliseconds(milliseconds) - TimeSpan.FromTicks(10));
            calls.Add(Socket.SendCalls);
            _channel.Advance(TimeSpan.FromTicks(10));
        }

        Assert.Equal(Enumerable.Range(1, 10), calls);
        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal(["a" + ToOther], Socket.Sent);
    }

    [Fact]
    public void Sixteen_datagrams_leave_in_a_turn_then_others_have_theirs()
    {
        _channel.Bound();

        for (int i = 0; i < 40; i++)
        {
            Channel.Write(ScriptedDatagramChannel.Packet($"{i}"));
        }

        Channel.Flush();
        int inFirstTurn = Socket.Sent.Count;
        _channel.Run();

        Assert.Equal(16, inFirstTurn);
        Assert.Equal(Enumerable.Range(0, 40).Select(static i => i + ToOther), Socket.Sent);
    }

    [Fact]
    public void What_a_send_says_of_an_earlier_datagram_is_told_and_the_datagram_is_sent()
    {
        _channel.Connected();
        Socket.Answers(SocketError.ConnectionRefused);

        Task write = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Bytes("a"));
        _channel.Run();

        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal(["a"], Socket.Sent);
        Assert.Equal(["Exception SocketException"], Recorder.Events);
        Assert.True(Channel.Active);
    }

    [Fact]
    public async Task A_second_error_in_a_row_is_the_datagrams_own()
    {
        _channel.Connected();
        Socket.Answers(SocketError.MessageSize, SocketError.MessageSize);

        Task write = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Bytes("a"));
        _channel.Run();

        await Assert.ThrowsAsync<SocketException>(() => write);
        Assert.Empty(Recorder.Events);
    }

    [Fact]
    public void An_error_followed_by_a_wait_is_told_and_the_datagram_waits()
    {
        _channel.Connected();
        Socket.Answers(SocketError.ConnectionRefused, SocketError.WouldBlock);

        Task write = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Bytes("a"));
        bool waited = !write.IsCompleted;
        Socket.BecomesWritable();
        _channel.Run();

        Assert.True(waited && write.IsCompletedSuccessfully);
        Assert.Equal(["Exception SocketException"], Recorder.Events);
    }

    [Theory]
    [InlineData("0.0.0.0", 9)]
    [InlineData("::", 9)]
    [InlineData("127.0.0.1", 0)]
    public async Task A_recipient_without_address_or_port_is_an_error_that_says_so(string address, int port)
    {
        _channel.Bound();

        Task write = Channel.WriteAndFlushAsync(new DatagramPacket(ScriptedDatagramChannel.Bytes("a"), new IPEndPoint(IPAddress.Parse(address), port)));

        SocketException fault = await Assert.ThrowsAsync<SocketException>(() => write);
        Assert.Contains("the recipient's address or port is missing", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, Socket.SendCalls);
        Assert.True(Channel.Active);
    }

    [Fact]
    public async Task A_recipient_that_is_a_name_is_an_error_that_says_so()
    {
        _channel.Bound();

        Task write = Channel.WriteAndFlushAsync(new DatagramPacket(ScriptedDatagramChannel.Bytes("a"), new DnsEndPoint("localhost", 9)));

        NotSupportedException fault = await Assert.ThrowsAsync<NotSupportedException>(() => write);
        Assert.Contains("resolve the name first", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_buffer_on_a_channel_that_is_not_connected_is_an_error_that_says_so()
    {
        _channel.Bound();

        Task write = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Bytes("a"));

        NotYetConnectedException fault = await Assert.ThrowsAsync<NotYetConnectedException>(() => write);
        Assert.Contains("recipient", fault.Message, StringComparison.Ordinal);
        Assert.True(Channel.Active);
    }

    [Fact]
    public async Task A_channel_that_was_never_bound_sends_nothing()
    {
        _channel.Register();

        Task write = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Packet("a"));

        await Assert.ThrowsAsync<NotYetConnectedException>(() => write);
        Assert.Equal(0, Socket.SendCalls);
    }

    [Fact]
    public async Task A_message_that_is_no_datagram_is_refused()
    {
        _channel.Bound();

        NotSupportedException fault = await Assert.ThrowsAsync<NotSupportedException>(() => Channel.WriteAndFlushAsync("text"));

        Assert.Contains("encoder", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_waits_counts_against_the_water_marks()
    {
        _channel.Bound();
        Channel.Configuration.WriteBufferHighWaterMark = 4;
        Socket.Answers(SocketError.WouldBlock);

        Channel.Write(ScriptedDatagramChannel.Packet("hello"));
        Channel.Flush();
        bool writable = Channel.IsWritable;
        Socket.BecomesWritable();
        _channel.Run();

        Assert.False(writable);
        Assert.True(Channel.IsWritable);
    }

    [Fact]
    public void A_handler_that_writes_when_it_hears_of_a_failure_is_sent_too()
    {
        _channel.Bound();
        Socket.Answers(SocketError.AccessDenied);
        Recorder.OnException = static (context, _) => context.WriteAndFlushAsync(ScriptedDatagramChannel.Packet("instead"));

        Channel.Write(ScriptedDatagramChannel.Packet("refused"));
        Channel.Flush();
        _channel.Run();

        Assert.Equal(["instead" + ToOther], Socket.Sent);
    }

    [Fact]
    public void A_handler_that_closes_when_it_hears_of_a_failure_ends_the_sending_in_order()
    {
        _channel.Bound();
        Socket.Answers(SocketError.AccessDenied);
        Recorder.OnException = static (context, _) => context.CloseAsync();

        Channel.Write(ScriptedDatagramChannel.Packet("refused"));
        Task flushed = Channel.WriteAndFlushAsync(ScriptedDatagramChannel.Packet("flushed"));
        _channel.Run();

        Assert.Equal(["flushed" + ToOther], Socket.Sent);
        Assert.True(flushed.IsCompletedSuccessfully && Socket.Closed);
    }
}
