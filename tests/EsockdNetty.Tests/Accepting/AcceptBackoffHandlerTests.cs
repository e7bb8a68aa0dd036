using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting;

public sealed class AcceptBackoffHandlerTests
{
    private readonly AcceptBackoffHandler _backoff = new();
    private readonly EventRecorder _recorder = new();
    private readonly ReadCounter _reads = new();
    private readonly EmbeddedChannel _server;

    public AcceptBackoffHandlerTests()
    {
        _server = new EmbeddedChannel(_reads, _backoff, _recorder);
        _reads.Count = 0;
    }

    [Fact]
    public void Accepts_again_at_once_after_a_transient_error()
    {
        Fail(AcceptErrorKind.Transient);

        Assert.Equal(1, _reads.Count);
        Assert.False(_backoff.IsPaused);
        Assert.Empty(_recorder.Exceptions);
    }

    [Fact]
    public void Pauses_after_64_transient_errors_in_a_row()
    {
        for (int i = 0; i < 64; i++)
        {
            Fail(AcceptErrorKind.Transient);
        }

        Assert.False(_backoff.IsPaused);
        Fail(AcceptErrorKind.Transient);

        Assert.True(_backoff.IsPaused);
        Assert.Equal(64, _reads.Count);
    }

    [Fact]
    public void A_success_begins_the_count_of_transient_errors_anew()
    {
        for (int i = 0; i < 64; i++)
        {
            Fail(AcceptErrorKind.Transient);
        }

        _server.WriteInbound(new ChildChannel());
        Fail(AcceptErrorKind.Transient);

        Assert.False(_backoff.IsPaused);
    }

    [Theory]
    [InlineData(AcceptErrorKind.Descriptors)]
    [InlineData(AcceptErrorKind.Memory)]
    [InlineData(AcceptErrorKind.Unknown)]
    public void Pauses_for_5_ms_and_then_asks_again_by_itself(AcceptErrorKind kind)
    {
        Fail(kind);
        _server.AdvanceTimeBy(TimeSpan.FromMilliseconds(4.9));
        int during = _reads.Count;
        _server.AdvanceTimeBy(TimeSpan.FromMilliseconds(0.2));

        Assert.Equal(0, during);
        Assert.Equal(1, _reads.Count);
    }

    [Fact]
    public void Doubles_its_pause_up_to_a_second()
    {
        for (int i = 0; i < 10; i++)
        {
            Fail(AcceptErrorKind.Descriptors);
            _server.AdvanceTimeBy(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            [5, 10, 20, 40, 80, 160, 320, 640, 1000, 1000],
            _recorder.Events.Cast<AcceptPaused>().Select(paused => paused.Duration.TotalMilliseconds));
    }

    [Fact]
    public void A_success_makes_the_next_pause_the_shortest_again()
    {
        Fail(AcceptErrorKind.Descriptors);
        _server.AdvanceTimeBy(TimeSpan.FromSeconds(1));
        _server.WriteInbound(new ChildChannel());

        Fail(AcceptErrorKind.Descriptors);

        Assert.Equal([5, 5], _recorder.Events.Cast<AcceptPaused>().Select(paused => paused.Duration.TotalMilliseconds));
    }

    [Fact]
    public void Withholds_reads_while_it_pauses_and_passes_one_on_after()
    {
        Fail(AcceptErrorKind.Descriptors);
        _server.Read();
        _server.Read();
        int during = _reads.Count;

        _server.AdvanceTimeBy(TimeSpan.FromSeconds(1));

        Assert.Equal(0, during);
        Assert.Equal(1, _reads.Count);
    }

    [Fact]
    public void A_round_that_a_gate_ended_for_want_of_descriptors_is_no_success()
    {
        AddReserveGate();

        foreach (int refusals in (int[])[5, 10, 20])
        {
            Refuse(refusals);
            _server.AdvanceTimeBy(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([5, 10, 20], _recorder.Events.OfType<AcceptPaused>().Select(paused => paused.Duration.TotalMilliseconds));
    }

    [Fact]
    public void A_gate_refuses_one_a_millisecond_of_the_pause_before_it_begins()
    {
        AddReserveGate();

        Refuse(4);
        bool early = _backoff.IsPaused;
        Refuse(1);

        Assert.False(early);
        Assert.True(_backoff.IsPaused);
    }

    [Fact]
    public void After_a_pause_a_gate_refuses_as_many_as_the_next_one_has_milliseconds()
    {
        AddReserveGate();
        Refuse(5);
        _server.AdvanceTimeBy(TimeSpan.FromSeconds(1));

        Refuse(9);

        Assert.False(_backoff.IsPaused);
    }

    [Fact]
    public void Waiting_clients_are_refused_before_a_long_pause_so_that_they_do_not_fill_the_backlog()
    {
        AddReserveGate();
        for (int i = 0; i < 10; i++)
        {
            Fail(AcceptErrorKind.Descriptors);
            _server.AdvanceTimeBy(TimeSpan.FromSeconds(1));
        }

        Refuse(999);

        Assert.False(_backoff.IsPaused);
    }

    [Fact]
    public void A_listening_socket_that_is_lost_is_told_and_not_read_again()
    {
        _server.Pipeline.FireExceptionCaught(new AcceptException(AcceptErrorKind.ListenerLost, SocketError.InvalidArgument));
        _server.Read();
        _server.AdvanceTimeBy(TimeSpan.FromMinutes(1));

        Assert.Equal([new ListenerLost(SocketError.InvalidArgument)], _recorder.Events);
        Assert.Equal(0, _reads.Count);
    }

    [Fact]
    public void An_error_while_it_pauses_neither_lengthens_the_pause_nor_is_told()
    {
        Fail(AcceptErrorKind.Descriptors);
        Fail(AcceptErrorKind.Descriptors);
        _server.AdvanceTimeBy(TimeSpan.FromMilliseconds(5));

        Assert.Single(_recorder.Events);
        Assert.False(_backoff.IsPaused);
    }

    [Fact]
    public void A_listening_socket_that_is_lost_while_it_pauses_is_not_read_after_the_pause()
    {
        Fail(AcceptErrorKind.Descriptors);
        Fail(AcceptErrorKind.ListenerLost);

        _server.AdvanceTimeBy(TimeSpan.FromMinutes(1));

        Assert.Equal(0, _reads.Count);
    }

    [Fact]
    public void A_good_round_after_one_that_a_gate_ended_is_a_success()
    {
        AddReserveGate();
        Refuse(5);
        _server.AdvanceTimeBy(TimeSpan.FromSeconds(1));
        _server.WriteInbound(new ChildChannel());

        Refuse(5);

        Assert.Equal([5, 5], _recorder.Events.OfType<AcceptPaused>().Select(paused => paused.Duration.TotalMilliseconds));
    }

    [Fact]
    public void Passes_other_exceptions_on()
    {
        var fault = new InvalidOperationException();

        _server.Pipeline.FireExceptionCaught(fault);

        Assert.Same(fault, Assert.Single(_recorder.Exceptions));
    }

    [Fact]
    public void Taken_out_while_it_pauses_it_lets_the_read_pass()
    {
        Fail(AcceptErrorKind.Descriptors);

        _server.Pipeline.Remove(_backoff);

        Assert.Equal(1, _reads.Count);
        Assert.False(_backoff.IsPaused);
    }

    [Fact]
    public void Pauses_as_long_as_it_is_told()
    {
        var recorder = new EventRecorder();
        var server = new EmbeddedChannel(new AcceptBackoffHandler(TimeSpan.FromMilliseconds(30), TimeSpan.FromMilliseconds(50)), recorder);

        for (int i = 0; i < 3; i++)
        {
            server.Pipeline.FireExceptionCaught(new AcceptException(AcceptErrorKind.Unknown, SocketError.SocketError));
            server.AdvanceTimeBy(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([30, 50, 50], recorder.Events.Cast<AcceptPaused>().Select(paused => paused.Duration.TotalMilliseconds));
    }

    private void AddReserveGate() =>
        _server.Pipeline.AddAfter(_server.Pipeline.Context<AcceptBackoffHandler>().Name, null, new DescriptorReserveGate(() => 100));

    private void Refuse(int clients) => _server.WriteInbound([.. Enumerable.Range(0, clients).Select(_ => new ChildChannel(99))]);

    private void Fail(AcceptErrorKind kind) => _server.Pipeline.FireExceptionCaught(new AcceptException(kind, SocketError.SocketError));

    private sealed class ReadCounter : ChannelHandlerAdapter
    {
        public int Count { get; set; }

        public override void Read(IChannelHandlerContext context)
        {
            Count++;
            context.Read();
        }
    }
}
