using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class SocketDatagramChannelReadTests : LeakFreeTests
{
    private readonly ScriptedDatagramChannel _channel = new();

    private ScriptedDatagramSocket Socket => _channel.Socket;

    private Recorder Recorder => _channel.Recorder;

    private IChannelConfiguration Configuration => _channel.Channel.Configuration;

    public override void Dispose()
    {
        _channel.Dispose();
        base.Dispose();
    }

    [Fact]
    public void Is_active_and_reads_once_it_is_bound()
    {
        _channel.Register();
        bool wantedBefore = Socket.ReadWanted;

        _channel.Channel.BindAsync(ScriptedDatagramSocket.Peer);
        _channel.Run();

        Assert.False(wantedBefore);
        Assert.True(Socket.ReadWanted);
        Assert.Equal(["Added", "Registered", "Active"], Recorder.Events);
    }

    [Fact]
    public void A_datagram_names_its_sender_and_the_channel_as_its_recipient()
    {
        DatagramPacket? packet = null;
        Recorder.OnRead = (_, message) => packet = (DatagramPacket)message;
        _channel.Bound();

        _channel.Receive("hello");

        Assert.Equal(ScriptedDatagramSocket.Peer, packet!.Sender);
        Assert.Equal(_channel.Channel.LocalAddress, packet.Recipient);
        Assert.True(packet.Release());
    }

    [Fact]
    public void What_waits_is_one_round_with_one_end()
    {
        _channel.Bound();

        _channel.Receive("one", "", "three");

        Assert.Equal(["Read one", "Read ", "Read three", "ReadComplete"], Recorder.Events);
    }

    [Fact]
    public void A_flood_is_read_in_rounds_of_sixteen_with_other_work_between_them()
    {
        int readAtOther = 0;
        int read = 0;
        Recorder.OnRead = (_, message) =>
        {
            ((DatagramPacket)message).Release();
            if (++read == 1)
            {
                _channel.Loop.Execute(() => readAtOther = read);
            }
        };
        _channel.Bound();

        _channel.Receive([.. Enumerable.Repeat("x", 40)]);

        Assert.Equal(40, read);
        Assert.Equal(16, readAtOther);
        Assert.Equal(3, Recorder.Events.Count(static what => what == "ReadComplete"));
    }

    [Fact]
    public void The_application_may_choose_the_size_of_a_round()
    {
        Configuration.RecvByteBufAllocator = new FixedRecvByteBufAllocator(100) { MaxMessagesPerRead = 2 };
        _channel.Bound();

        _channel.Receive("one", "two", "three");

        Assert.Equal(["Read one", "Read two", "ReadComplete", "Read three", "ReadComplete"], Recorder.Events);
    }

    [Fact]
    public void Without_automatic_reading_a_read_gives_one_datagram()
    {
        Configuration.AutoRead = false;
        _channel.Bound();

        _channel.Receive("one", "two");
        string[] unasked = Recorder.Take();
        _channel.Channel.Read();
        _channel.Run();

        Assert.Empty(unasked);
        Assert.Equal(["Read one", "ReadComplete"], Recorder.Events);
        Assert.False(Socket.ReadWanted);
    }

    [Fact]
    public void A_read_that_a_stage_withholds_pauses_and_the_one_it_passes_on_resumes()
    {
        var stage = new Withholds();
        using ScriptedDatagramChannel channel = new ScriptedDatagramChannel(stage).Bound();
        stage.Closed = true;

        channel.Receive("one");
        channel.Receive("two");
        string[] paused = channel.Recorder.Take();
        stage.Closed = false;
        channel.Channel.Read();
        channel.Run();

        // The first read had been passed on before the stage closed.
        Assert.Equal(["Read one", "ReadComplete"], paused);
        Assert.Equal(["Read two", "ReadComplete"], channel.Recorder.Events);
    }

    [Fact]
    public void Automatic_reading_that_is_switched_off_ends_the_round()
    {
        Recorder.OnRead = (context, message) =>
        {
            ((DatagramPacket)message).Release();
            context.Channel.Configuration.AutoRead = false;
        };
        _channel.Bound();

        _channel.Receive("one", "two");

        Assert.Equal(["Read one", "ReadComplete"], Recorder.Events);
        Assert.False(Socket.ReadWanted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32 * 1024)]
    [InlineData((32 * 1024) + 1)]
    [InlineData(65_507)]
    public void A_datagram_is_whole_and_keeps_no_more_storage_than_twice_its_size(int size)
    {
        byte[] sent = new byte[size];
        Random.Shared.NextBytes(sent);
        byte[] received = [];
        int storage = 0;
        Recorder.OnRead = (_, message) =>
        {
            var packet = (DatagramPacket)message;
            received = packet.Content.ReadableSpan.ToArray();
            storage = packet.Content.Capacity;
            packet.Release();
        };
        _channel.Bound();

        Socket.Arrives(sent);
        _channel.Run();

        Assert.Equal(sent, received);
        Assert.True(storage <= 2 * size, $"{size} bytes hold {storage}.");
    }

    [Theory]
    [InlineData(10, int.MaxValue)]
    [InlineData(10, 10)]
    public void A_buffer_of_the_application_that_is_too_small_does_not_cut_the_datagram(int capacity, int mostCapacity)
    {
        Configuration.RecvByteBufAllocator = new Bounded(capacity, mostCapacity);
        _channel.Bound();

        _channel.Receive("longer than ten bytes");

        Assert.Equal(["Read longer than ten bytes", "ReadComplete"], Recorder.Events);
    }

    [Theory]
    [InlineData(SocketError.ConnectionRefused)]
    [InlineData(SocketError.ConnectionReset)]
    [InlineData(SocketError.HostUnreachable)]
    public void What_the_network_says_of_an_earlier_datagram_is_told_and_closes_nothing(SocketError error)
    {
        _channel.Connected();

        Socket.Arrives("before");
        Socket.ArrivesError(error);
        Socket.Arrives("after");
        _channel.Run();

        Assert.Equal(["Read before", "ReadComplete", "Exception SocketException", "Read after", "ReadComplete"], Recorder.Events);
        Assert.Equal(error, Assert.IsType<SocketException>(Recorder.Exceptions[0]).SocketErrorCode);
        Assert.True(_channel.Channel.Active && Socket.ReadWanted);
    }

    [Fact]
    public void A_socket_that_is_gone_closes_the_channel()
    {
        _channel.Bound();

        Socket.ArrivesError(SocketError.OperationAborted);
        _channel.Run();

        Assert.Equal(["Exception SocketException", "Inactive", "Unregistered"], Recorder.Events.Where(static what => what != "Removed"));
        Assert.True(Socket.Closed);
    }

    [Fact]
    public void An_allocator_of_the_application_that_fails_closes_the_channel_and_says_so()
    {
        Configuration.RecvByteBufAllocator = new Fails();
        _channel.Bound();

        _channel.Receive("one");

        Assert.Equal(["Read one", "Exception FormatException", "Inactive", "Unregistered"], Recorder.Events.Where(static what => what != "Removed"));
        Assert.True(Socket.Closed);
    }

    [Fact]
    public void A_receive_that_finds_nothing_is_no_round()
    {
        _channel.Bound();

        Socket.Arrives("one");
        _channel.Run();
        int receives = Socket.ReceiveCalls;
        _channel.Channel.Read();
        _channel.Run();

        Assert.Equal(["Read one", "ReadComplete"], Recorder.Events);
        Assert.Equal(receives, Socket.ReceiveCalls);
    }

    [Fact]
    public void A_close_in_the_middle_of_a_round_ends_it()
    {
        Recorder.OnRead = (context, message) =>
        {
            ((DatagramPacket)message).Release();
            context.CloseAsync();
        };
        _channel.Bound();

        _channel.Receive("one", "two");

        Assert.Equal(["Read one", "ReadComplete", "Inactive", "Unregistered"], Recorder.Events.Where(static what => what != "Removed"));
    }

    [Fact]
    public void Received_bytes_are_counted()
    {
        _channel.Bound();

        _channel.Receive("hello", "", "you");

        Assert.Equal(8, _channel.Channel.BytesReceived);
    }

    private sealed class Withholds : ChannelHandlerAdapter
    {
        public bool Closed { get; set; }

        public override void Read(IChannelHandlerContext context)
        {
            if (!Closed)
            {
                context.Read();
            }
        }
    }

    private sealed class Fails : DefaultMaxMessagesRecvByteBufAllocator
    {
        public override IRecvByteBufAllocatorHandle NewHandle() => new Handle(this);

        private sealed class Handle(Fails owner) : MaxMessageHandle<Fails>(owner)
        {
            public override int Guess() => 100;

            public override bool ContinueReading() => throw new FormatException();
        }
    }

    private sealed class Bounded(int capacity, int mostCapacity) : DefaultMaxMessagesRecvByteBufAllocator
    {
        public override IRecvByteBufAllocatorHandle NewHandle() => new Handle(this, capacity, mostCapacity);

        private sealed class Handle(Bounded owner, int capacity, int mostCapacity) : MaxMessageHandle<Bounded>(owner), IRecvByteBufAllocatorHandle
        {
            public override int Guess() => capacity;

            IByteBuffer IRecvByteBufAllocatorHandle.Allocate(IByteBufferAllocator alloc) => alloc.Buffer(capacity, mostCapacity);
        }
    }
}
