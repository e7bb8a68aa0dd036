using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Rates;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting;

/// <summary>What every gate owes that lets connections wait, whatever its permits are; there are two of them here.</summary>
public abstract class WaitingGateTests
{
    private OverLimit _overLimit = OverLimit.Wait;

    /// <summary>Permits that nobody has.</summary>
    protected abstract int Available { get; }

    [Fact]
    public void Takes_a_permit_before_the_accept()
    {
        EmbeddedChannel server = Server(NewGate());

        Assert.True(server.ReadPending);
        Assert.Equal(1, Available);
    }

    [Fact]
    public void Asks_for_no_connection_it_has_no_permit_for()
    {
        AcceptGate gate = NewGate();
        var recorder = new EventRecorder();
        var server = new EmbeddedChannel(gate, recorder);

        server.WriteInbound(new ChildChannel(descriptor: -1));
        bool afterFirst = server.ReadPending;
        server.WriteInbound(new ChildChannel(descriptor: -1));

        Assert.True(afterFirst);
        Assert.False(server.ReadPending);
        Assert.True(IsWaiting(gate));
        Assert.Equal(0, Available);
        Assert.Empty(recorder.Events.OfType<ConnectionRefused>());
    }

    [Fact]
    public void Asks_again_when_there_is_one()
    {
        TakeAll();
        AcceptGate gate = NewGate();
        EmbeddedChannel server = Server(gate);

        FreeOne();
        server.RunPendingTasks();

        Assert.True(server.ReadPending);
        Assert.False(IsWaiting(gate));
        Assert.Equal(0, Available);
    }

    [Fact]
    public void Keeps_one_permit_however_often_a_read_is_asked_for()
    {
        EmbeddedChannel server = Server(NewGate());

        server.Read();
        server.Read();

        Assert.Equal(1, Available);
    }

    [Fact]
    public void Keeps_its_permit_over_an_accept_that_failed()
    {
        EmbeddedChannel server = Server(NewGate());

        server.Pipeline.FireExceptionCaught(new AcceptException(AcceptErrorKind.Memory, SocketError.NoBufferSpaceAvailable));
        server.Read();

        Assert.Equal(1, Available);
    }

    [Fact]
    public async Task Gives_its_permit_back_when_the_listening_socket_is_closed()
    {
        EmbeddedChannel server = Server(NewGate());

        await server.CloseAsync();

        Assert.Equal(2, Available);
    }

    [Fact]
    public async Task A_listener_that_closes_while_it_waits_leaves_the_permit_to_the_next()
    {
        TakeAll();
        EmbeddedChannel first = Server(NewGate());
        EmbeddedChannel second = Server(NewGate());

        await first.CloseAsync();
        FreeOne();
        second.RunPendingTasks();

        Assert.True(second.ReadPending);
        Assert.Equal(0, Available);
    }

    [Fact]
    public void A_permit_that_arrives_after_the_close_is_given_back()
    {
        TakeAll();
        EmbeddedChannel server = Server(NewGate());
        FreeOne();

        // Not closed as a whole: that would run what the loop has to do before the gate learns of it.
        server.Pipeline.FireChannelInactive();
        server.RunPendingTasks();

        Assert.Equal(1, Available);
    }

    [Fact]
    public void Taken_out_while_it_waits_it_lets_the_read_pass()
    {
        TakeAll();
        AcceptGate gate = NewGate();
        EmbeddedChannel server = Server(gate);
        bool before = server.ReadPending;

        server.Pipeline.Remove(gate);

        Assert.False(before);
        Assert.True(server.ReadPending);
        Assert.Equal(0, Available);
    }

    [Fact]
    public void Told_to_refuse_from_now_on_it_waits_no_longer()
    {
        TakeAll();
        AcceptGate gate = NewGate();
        EmbeddedChannel server = Server(gate);
        bool before = server.ReadPending;

        _overLimit = OverLimit.Refuse;
        server.Pipeline.FireUserEventTriggered(ListenerUpdated.Instance);

        Assert.False(before);
        Assert.True(server.ReadPending);
        Assert.False(IsWaiting(gate));
    }

    [Fact]
    public void A_change_of_other_options_leaves_it_waiting()
    {
        TakeAll();
        AcceptGate gate = NewGate();
        EmbeddedChannel server = Server(gate);

        server.Pipeline.FireUserEventTriggered(ListenerUpdated.Instance);

        Assert.False(server.ReadPending);
        Assert.True(IsWaiting(gate));
    }

    /// <summary>Another gate over the same permits.</summary>
    protected abstract AcceptGate NewGate(Func<OverLimit> overLimit);

    protected abstract bool IsWaiting(AcceptGate gate);

    /// <summary>Somebody else takes what there is.</summary>
    protected abstract void TakeAll();

    /// <summary>There is one permit more.</summary>
    protected abstract void FreeOne();

    private AcceptGate NewGate() => NewGate(() => _overLimit);

    private static EmbeddedChannel Server(AcceptGate gate) => new(gate, new EventRecorder());

    public sealed class ForAConnection : WaitingGateTests
    {
        private readonly ConnectionLimit _limit = new(2);

        protected override int Available => _limit.Limit - _limit.Count;

        protected override AcceptGate NewGate(Func<OverLimit> overLimit) => new MaxConnectionsGate(_limit) { CurrentOverLimit = overLimit };

        protected override bool IsWaiting(AcceptGate gate) => ((MaxConnectionsGate)gate).IsWaiting;

        protected override void TakeAll() => _limit.TakeUpTo(2);

        protected override void FreeOne() => _limit.Release();
    }

    public sealed class ForATokenOfTheRate : WaitingGateTests
    {
        private readonly ManualTime _time = new();
        private readonly TokenBucket _bucket;

        public ForATokenOfTheRate() => _bucket = new TokenBucket(new ConnectionRate(2, TimeSpan.FromSeconds(2)), _time);

        protected override int Available => _bucket.Available;

        protected override AcceptGate NewGate(Func<OverLimit> overLimit) => new ConnectionRateGate(_bucket) { CurrentOverLimit = overLimit };

        protected override bool IsWaiting(AcceptGate gate) => ((ConnectionRateGate)gate).IsWaiting;

        protected override void TakeAll()
        {
            while (_bucket.TryTake())
            {
            }
        }

        protected override void FreeOne() => _time.Advance(TimeSpan.FromSeconds(1));
    }
}
