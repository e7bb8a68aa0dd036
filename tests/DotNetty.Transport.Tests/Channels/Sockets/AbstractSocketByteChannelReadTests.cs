using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class AbstractSocketByteChannelReadTests : LeakFreeTests
{
    private readonly ScriptedChannel _channel = new();

    private ScriptedSocket Socket => _channel.Socket;

    private Recorder Recorder => _channel.Recorder;

    private IChannelConfiguration Configuration => _channel.Channel.Configuration;

    public override void Dispose()
    {
        _channel.Dispose();
        base.Dispose();
    }

    [Fact]
    public void One_receive_is_one_round_with_its_end()
    {
        _channel.Started();

        _channel.Receive("one");
        _channel.Receive("two");

        Assert.Equal(["Read one", "ReadComplete", "Read two", "ReadComplete"], Recorder.Events);
    }

    [Fact]
    public void Waits_for_more_after_every_read_while_reading_is_automatic()
    {
        _channel.Started();

        _channel.Receive("one");

        Assert.True(Socket.ReadWanted);
    }

    [Fact]
    public void A_short_receive_means_drained_and_costs_no_second_one()
    {
        _channel.Started();

        _channel.Receive("one");

        Assert.Equal(1, Socket.ReceiveCalls);
    }

    [Fact]
    public void A_read_that_a_stage_withholds_pauses_and_the_one_it_passes_on_resumes()
    {
        var stage = new Withholds();
        using var channel = new ScriptedChannel(stage).Started();
        stage.Closed = true;

        channel.Receive("one");
        channel.Receive("two");
        string[] paused = channel.Recorder.Take();
        stage.Release();
        channel.Run();

        // The first read had been passed on before the stage closed.
        Assert.Equal(["Read one", "ReadComplete"], paused);
        Assert.Equal(["Read two", "ReadComplete"], channel.Recorder.Events);
    }

    [Fact]
    public void Pauses_of_two_stages_compose()
    {
        var outer = new Withholds { Closed = true };
        var inner = new Withholds { Closed = true };
        using var channel = new ScriptedChannel(outer, inner).Started();
        channel.Socket.Arrives("one");

        inner.Release();
        channel.Run();
        bool resumedTooEarly = channel.Recorder.Events.Length > 0;
        outer.Release();
        channel.Run();

        Assert.False(resumedTooEarly);
        Assert.Equal(["Read one", "ReadComplete"], channel.Recorder.Events);
    }

    [Fact]
    public void Without_automatic_reading_each_read_asked_for_gives_one_receive()
    {
        Configuration.AutoRead = false;
        _channel.Started();
        Socket.Arrives("one");
        Socket.Arrives("two");
        _channel.Run();
        int before = Socket.ReceiveCalls;

        _channel.Channel.Read();
        _channel.Run();

        Assert.Equal(0, before);
        Assert.Equal(["Read one", "ReadComplete"], Recorder.Events);
        Assert.False(Socket.ReadWanted);
    }

    [Fact]
    public void Switching_automatic_reading_on_asks_for_a_read()
    {
        Configuration.AutoRead = false;
        _channel.Started();
        Socket.Arrives("one");

        Configuration.AutoRead = true;
        _channel.Run();

        Assert.Equal(["Read one", "ReadComplete"], Recorder.Events);
    }

    [Fact]
    public void Switching_automatic_reading_off_takes_back_the_read_that_waits()
    {
        _channel.Started();

        Configuration.AutoRead = false;
        _channel.Receive("one");

        Assert.Empty(Recorder.Events);
        Assert.False(Socket.ReadWanted);
    }

    [Fact]
    public void Switching_automatic_reading_off_in_a_read_ends_reading_with_it()
    {
        Recorder.OnRead = (context, message) =>
        {
            ((IByteBuffer)message).Release();
            context.Channel.Configuration.AutoRead = false;
        };
        _channel.Started();
        Socket.Arrives("one");
        Socket.Arrives("two");

        _channel.Run();

        Assert.Equal(["Read one", "ReadComplete"], Recorder.Events);
    }

    [Fact]
    public void A_read_asked_for_before_registration_is_not_forgotten()
    {
        Configuration.AutoRead = false;
        _channel.Channel.Read();
        Socket.Arrives("one");

        _channel.Started();
        _channel.Run();

        Assert.True(Socket.ReceiveCalls > 0);
        Assert.False(Socket.ReadWanted);
    }

    [Theory]
    [InlineData(1, 512)]
    [InlineData(300, 1024)]
    [InlineData(1000, 2048)]
    [InlineData(4096, 8192)]
    [InlineData(5000, 5000 + 65536)]
    public void A_small_read_does_not_hold_a_large_buffer(int size, int mostStorage)
    {
        int storage = 0;
        Recorder.OnRead = (_, message) =>
        {
            storage = ((IByteBuffer)message).StorageSize;
            ((IByteBuffer)message).Release();
        };
        _channel.Started();

        Socket.Arrives(new byte[size]);
        _channel.Run();

        Assert.InRange(storage, size, mostStorage);
    }

    [Fact]
    public void Bytes_are_what_the_peer_sent_also_when_the_message_is_kept()
    {
        var kept = new List<IByteBuffer>();
        Recorder.OnRead = (_, message) => kept.Add((IByteBuffer)message);
        _channel.Started();
        byte[][] sent = [.. new[] { 10, 4096, 4097, 65536, 3 }.Select(static size => RandomBytes(size))];

        foreach (byte[] bytes in sent)
        {
            Socket.Arrives(bytes);
            _channel.Run();
        }

        Assert.Equal(sent.SelectMany(static bytes => bytes), kept.SelectMany(static buffer => buffer.ReadableSpan.ToArray()));
        kept.ForEach(static buffer => buffer.Release());
    }

    [Fact]
    public void Full_receives_follow_each_other_but_not_without_end()
    {
        int reads = 0;
        Recorder.OnRead = (_, message) =>
        {
            reads++;
            ((IByteBuffer)message).Release();
        };
        _channel.Started();
        Socket.Arrives(new byte[64 * 1024 * 40]);
        int readsInFirstTurn = 0;
        _channel.Loop.Execute(() => readsInFirstTurn = reads);

        _channel.Run();

        Assert.InRange(readsInFirstTurn, 2, 16);
        Assert.Equal(40, reads);
    }

    [Fact]
    public void A_report_without_bytes_is_no_read()
    {
        _channel.Started();

        Socket.BecomesReadable();
        _channel.Run();

        Assert.Empty(Recorder.Events);
        Assert.True(Socket.ReadWanted);
    }

    [Fact]
    public void Honours_a_receive_allocator_of_the_applications()
    {
        Configuration.RecvByteBufAllocator = new FixedRecvByteBufAllocator(4);
        _channel.Started();

        _channel.Receive("abcdefghij");

        Assert.Equal(["Read abcd", "ReadComplete", "Read efgh", "ReadComplete", "Read ij", "ReadComplete"], Recorder.Events);
    }

    [Fact]
    public void Honours_the_messages_a_read_that_the_applications_allocator_wants()
    {
        Configuration.RecvByteBufAllocator = new FixedRecvByteBufAllocator(4) { MaxMessagesPerRead = 2 };
        _channel.Started();

        _channel.Receive("abcdefghij");

        Assert.Equal(["Read abcd", "Read efgh", "ReadComplete", "Read ij", "ReadComplete"], Recorder.Events);
    }

    [Fact]
    public void The_round_ends_before_the_end_of_input_that_followed_its_messages()
    {
        Configuration.RecvByteBufAllocator = new FixedRecvByteBufAllocator(4) { MaxMessagesPerRead = 16 };
        Recorder.OnRead = (context, message) => _ = context.WriteAsync(message);
        Recorder.OnReadComplete = context => context.Flush();
        _channel.Started();
        Socket.Arrives("abcd");
        Socket.ArrivesEnd();

        _channel.Run();

        Assert.Equal("abcd", Socket.Sent);
        Assert.Equal(["Read abcd", "ReadComplete", "Inactive", "Unregistered", "Removed"], Recorder.Events);
    }

    [Fact]
    public void The_round_ends_before_the_error_that_followed_its_messages()
    {
        Configuration.RecvByteBufAllocator = new FixedRecvByteBufAllocator(4) { MaxMessagesPerRead = 16 };
        _channel.Started();
        Socket.Arrives("abcd");
        Socket.ArrivesError(SocketError.ConnectionReset);

        _channel.Run();

        Assert.Equal(["Read abcd", "ReadComplete", "Exception SocketException", "Inactive", "Unregistered", "Removed"], Recorder.Events);
    }

    [Fact]
    public void The_end_of_input_closes_the_channel()
    {
        _channel.Started();

        _channel.ReceiveEnd();

        Assert.Equal(["Inactive", "Unregistered", "Removed"], Recorder.Events);
        Assert.True(Socket.Closed);
        Assert.False(Socket.WasReset);
    }

    [Theory]
    [InlineData(SocketError.ConnectionReset)]
    [InlineData(SocketError.TimedOut)]
    [InlineData(SocketError.NetworkUnreachable)]
    public void An_error_is_told_and_closes_the_channel(SocketError error)
    {
        _channel.Started();

        Socket.ArrivesError(error);
        _channel.Run();

        Assert.Equal(["Exception SocketException", "Inactive", "Unregistered", "Removed"], Recorder.Events);
        Assert.Equal(error, ((SocketException)Recorder.Exceptions.Single()).SocketErrorCode);
        Assert.True(Socket.Closed);
    }

    [Fact]
    public void A_reset_is_told_once_also_when_the_handler_closes_at_it()
    {
        Recorder.OnException = (context, fault) => _ = context.CloseAsync();
        _channel.Started();

        Socket.ArrivesError(SocketError.ConnectionReset);
        _channel.Run();

        Assert.Equal(["Exception SocketException", "Inactive", "Unregistered", "Removed"], Recorder.Events);
    }

    [Fact]
    public void A_reset_while_paused_is_found_by_the_next_read()
    {
        Configuration.AutoRead = false;
        _channel.Started();
        Socket.ArrivesError(SocketError.ConnectionReset);
        _channel.Run();
        bool silent = Recorder.Events.Length == 0;

        _channel.Channel.Read();
        _channel.Run();

        Assert.True(silent);
        Assert.Contains("Exception SocketException", Recorder.Events);
        Assert.True(Socket.Closed);
    }

    [Fact]
    public void Nothing_is_read_after_a_handler_closed_in_a_read()
    {
        Recorder.OnRead = (context, message) =>
        {
            ((IByteBuffer)message).Release();
            _ = context.CloseAsync();
        };
        _channel.Started();
        Socket.Arrives("one");
        Socket.Arrives("two");

        _channel.Run();

        Assert.Single(Recorder.Events, static name => name.StartsWith("Read ", StringComparison.Ordinal));
    }

    [Fact]
    public void Keeps_account_of_what_came_in_and_when()
    {
        _channel.Started();

        _channel.Advance(TimeSpan.FromSeconds(3));
        _channel.Receive("12345");

        Assert.Equal(5, _channel.Channel.BytesReceived);
        Assert.Equal(_channel.Loop.Now, _channel.Channel.LastReceived);
    }

    private static byte[] RandomBytes(int size)
    {
        byte[] bytes = new byte[size];
        Random.Shared.NextBytes(bytes);
        return bytes;
    }

    private sealed class Withholds : ChannelHandlerAdapter
    {
        private IChannelHandlerContext? _withheld;

        public bool Closed { get; set; }

        public override void Read(IChannelHandlerContext context)
        {
            if (Closed)
            {
                _withheld = context;
            }
            else
            {
                context.Read();
            }
        }

        public void Release()
        {
            Closed = false;
            _withheld?.Read();
            _withheld = null;
        }
    }
}
