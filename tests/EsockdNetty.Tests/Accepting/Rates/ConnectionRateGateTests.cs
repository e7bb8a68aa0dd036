using System.Threading.RateLimiting;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Rates;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting.Rates;

public sealed class ConnectionRateGateTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();
    private readonly EventRecorder _recorder = new();

    [Fact]
    public void Refuses_the_connection_after_the_last_token()
    {
        EmbeddedChannel server = Refusing(Bucket(2));
        ChildChannel[] children = Children(3);

        server.WriteInbound([.. children]);

        Assert.Equal([true, true, false], children.Select(static child => child.Open));
        Assert.Equal([new ConnectionRefused(RefusalReason.Rate, ChildChannel.Peer)], _recorder.Events);
    }

    [Fact]
    public void Lets_the_next_one_in_when_its_time_has_come()
    {
        EmbeddedChannel server = Refusing(Bucket(1));
        server.WriteInbound([.. Children(1)]);

        _time.Advance(Second);
        server.WriteInbound([.. Children(1)]);

        Assert.Empty(_recorder.Events);
        Assert.Equal(2, server.InboundMessages.Count);
    }

    [Fact]
    public void A_refused_connection_gives_back_the_permit_of_the_gate_before()
    {
        var limit = new ConnectionLimit(10);
        TokenBucket bucket = Bucket(1);
        var server = new EmbeddedChannel(new MaxConnectionsGate(limit), new ConnectionRateGate(bucket, OverLimit.Refuse), _recorder);

        server.WriteInbound([.. Children(5)]);

        Assert.Equal(1, limit.Count);
    }

    [Fact]
    public void A_connection_that_an_earlier_gate_refuses_costs_no_token()
    {
        TokenBucket bucket = Bucket(3);
        var server = new EmbeddedChannel(new MaxConnectionsGate(new ConnectionLimit(1)), new ConnectionRateGate(bucket), _recorder);

        server.WriteInbound([.. Children(5)]);

        Assert.Equal(2, bucket.Available);
    }

    [Theory]
    [InlineData(OverLimit.Refuse)]
    [InlineData(OverLimit.Wait)]
    public void A_connection_that_a_later_gate_refuses_costs_no_token(OverLimit overLimit)
    {
        ChildChannel[] children = Children(6);
        var server = new EmbeddedChannel(new ConnectionRateGate(Bucket(2), overLimit), new MaxConnectionsGate(new ConnectionLimit(1)), _recorder);
        Array.ForEach(children[..5], child => server.WriteInbound(child));

        children[0].CloseAsync();
        server.WriteInbound(children[5]);

        Assert.Equal([false, false, false, false, false, true], children.Select(static child => child.Open));
        Assert.Equal([.. Enumerable.Repeat(RefusalReason.MaxConnections, 4)], _recorder.Events.OfType<ConnectionRefused>().Select(static refused => refused.Reason));
    }

    [Fact]
    public void A_token_that_comes_back_makes_a_bucket_no_fuller_than_full()
    {
        TokenBucket bucket = Bucket(2);
        var server = new EmbeddedChannel(new ConnectionRateGate(bucket), new LateGate(() => _time.Advance(Second)), _recorder);

        server.WriteInbound([.. Children(3)]);

        Assert.Equal(2, bucket.Available);
    }

    [Fact]
    public void Whom_a_limiter_of_the_users_own_refuses_is_told_apart()
    {
        using var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 1 });
        TokenBucket bucket = Bucket(3);
        var server = new EmbeddedChannel(new ConnectionRateGate(bucket), new ConnectionRateGate(limiter), _recorder);

        server.WriteInbound([.. Children(5)]);

        Assert.Equal([.. Enumerable.Repeat(new ConnectionRefused(RefusalReason.RateLimiter, ChildChannel.Peer), 4)], _recorder.Events);
        Assert.Equal(2, bucket.Available);
    }

    [Theory]
    [InlineData(OverLimit.Refuse)]
    [InlineData(OverLimit.Wait)]
    public void A_connection_already_dead_at_accept_costs_no_token(OverLimit overLimit)
    {
        ChildChannel[] children = Children(3);
        var server = new EmbeddedChannel(new ConnectionRateGate(Bucket(1), overLimit, null, child => child != children[2]), _recorder);

        server.WriteInbound(children[0]);
        server.WriteInbound(children[1]);
        server.WriteInbound(children[2]);

        Assert.Equal([false, false, true], children.Select(static child => child.Open));
        Assert.Equal([RefusalReason.PeerGone, RefusalReason.PeerGone], _recorder.Events.OfType<ConnectionRefused>().Select(static refused => refused.Reason));
    }

    [Fact]
    public void Waiting_asks_again_when_the_next_token_comes()
    {
        ConnectionRateGate gate = Gate(Bucket(1));
        var server = new EmbeddedChannel(gate, _recorder);
        server.WriteInbound([.. Children(1)]);

        _time.Advance(Second - TimeSpan.FromMilliseconds(1));
        server.RunPendingTasks();
        bool before = server.ReadPending;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        server.RunPendingTasks();

        Assert.False(before);
        Assert.True(server.ReadPending);
        Assert.False(gate.IsWaiting);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Waiting_for_clients_with_a_token_in_hand_does_not_admit_one_more_than_the_capacity(int capacity)
    {
        var server = new EmbeddedChannel(Gate(Bucket(capacity)), _recorder);
        _time.Advance(TimeSpan.FromDays(1));

        int admitted = 0;
        while (server.ReadPending)
        {
            server.WriteInbound([.. Children(1)]);
            admitted++;
        }

        Assert.Equal(capacity, admitted);
    }

    [Fact]
    public void Listeners_that_share_a_bucket_take_turns()
    {
        TokenBucket bucket = Bucket(1);
        bucket.TryTake();
        var served = new int[2];
        EmbeddedChannel[] servers = [new(Gate(bucket), new EventRecorder()), new(Gate(bucket), new EventRecorder())];

        for (int i = 0; i < 10; i++)
        {
            _time.Advance(Second);
            Serve(servers, served);
        }

        Assert.Equal([5, 5], served);
    }

    [Theory]
    [InlineData(OverLimit.Wait)]
    [InlineData(OverLimit.Refuse)]
    public void A_listener_without_clients_does_not_keep_the_only_token_from_the_other(OverLimit overLimit)
    {
        TokenBucket bucket = Bucket(1);
        var idle = new EmbeddedChannel(Gate(bucket), new EventRecorder());
        var other = new EmbeddedChannel(new ConnectionRateGate(bucket, overLimit), _recorder);

        _time.Advance(Second);
        other.RunPendingTasks();
        bool asks = other.ReadPending;
        other.WriteInbound([.. Children(1)]);

        Assert.True(idle.ReadPending);
        Assert.True(asks);
        Assert.Empty(_recorder.Events.OfType<ConnectionRefused>());
    }

    [Fact]
    public async Task A_listener_that_has_closed_is_not_counted_among_those_that_share_the_bucket()
    {
        TokenBucket bucket = Bucket(1);
        var closed = new EmbeddedChannel(Gate(bucket), new EventRecorder());
        await closed.CloseAsync();
        var server = new EmbeddedChannel(Gate(bucket), _recorder);

        _time.Advance(TimeSpan.FromDays(1));

        Assert.True(server.ReadPending);
        Assert.Equal(0, bucket.Available);
    }

    [Fact]
    public async Task Waits_for_the_rate_and_for_a_permit_of_the_limit()
    {
        var limit = new ConnectionLimit(1);
        var server = new EmbeddedChannel(new MaxConnectionsGate(limit, overLimit: OverLimit.Wait), Gate(Bucket(1)), _recorder);
        var child = new ChildChannel();
        server.WriteInbound(child);

        await child.CloseAsync();
        server.RunPendingTasks();
        bool withPermitAlone = server.ReadPending;
        _time.Advance(Second);
        server.RunPendingTasks();

        Assert.False(withPermitAlone);
        Assert.True(server.ReadPending);
    }

    [Fact]
    public void Told_to_wait_from_now_on_it_asks_for_one_connection_a_read()
    {
        OverLimit overLimit = OverLimit.Refuse;
        var server = new EmbeddedChannel(new ConnectionRateGate(Bucket(5)) { CurrentOverLimit = () => overLimit }, _recorder);
        IRecvByteBufAllocator refusing = server.Configuration.RecvByteBufAllocator;

        overLimit = OverLimit.Wait;
        server.Pipeline.FireUserEventTriggered(ListenerUpdated.Instance);
        IRecvByteBufAllocator waiting = server.Configuration.RecvByteBufAllocator;
        overLimit = OverLimit.Refuse;
        server.Pipeline.FireUserEventTriggered(ListenerUpdated.Instance);

        Assert.Equal(1, Assert.IsType<FixedRecvByteBufAllocator>(waiting).MaxMessagesPerRead);
        Assert.Same(refusing, server.Configuration.RecvByteBufAllocator);
    }

    [Fact]
    public async Task A_concurrency_limiters_lease_lives_as_long_as_the_connection()
    {
        using var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 1 });
        var server = new EmbeddedChannel(new ConnectionRateGate(limiter), _recorder);
        ChildChannel[] children = Children(3);

        server.WriteInbound(children[0], children[1]);
        await children[0].CloseAsync();
        server.WriteInbound(children[2]);

        Assert.False(children[1].Open);
        Assert.True(children[2].Open);
        Assert.Equal(0, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public void Any_rate_limiter_decides()
    {
        using var limiter = new FixedWindowRateLimiter(new FixedWindowRateLimiterOptions { PermitLimit = 2, Window = TimeSpan.FromHours(1), AutoReplenishment = false });
        var server = new EmbeddedChannel(new ConnectionRateGate(limiter), _recorder);

        server.WriteInbound([.. Children(3)]);

        Assert.Equal(2, server.InboundMessages.Count);
        Assert.Equal(RefusalReason.RateLimiter, Assert.IsType<ConnectionRefused>(Assert.Single(_recorder.Events)).Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Waits_for_a_rate_limiter_with_and_without_a_queue(int queue)
    {
        using var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = queue });
        var gate = new ConnectionRateGate(limiter, OverLimit.Wait);
        var server = new EmbeddedChannel(gate, _recorder);
        var child = new ChildChannel();
        server.WriteInbound(child);
        bool waiting = gate.IsWaiting;

        await child.CloseAsync();

        Assert.True(waiting);
        Eventually.Equal(true, () => RunsToRead(server));
    }

    [Fact]
    public async Task Gives_the_lease_it_has_reserved_back_when_the_listening_socket_is_closed()
    {
        using var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 1 });
        var server = new EmbeddedChannel(new ConnectionRateGate(limiter, OverLimit.Wait), _recorder);

        await server.CloseAsync();

        Assert.Equal(1, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public async Task Leaves_the_limiters_queue_when_the_listening_socket_is_closed()
    {
        using var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = 1 });
        using RateLimitLease other = limiter.AttemptAcquire();
        var server = new EmbeddedChannel(new ConnectionRateGate(limiter, OverLimit.Wait), _recorder);
        long queued = limiter.GetStatistics()!.CurrentQueuedCount;

        await server.CloseAsync();

        Assert.Equal(1, queued);
        Eventually.Equal(0, () => (int)limiter.GetStatistics()!.CurrentQueuedCount);
    }

    [Fact]
    public void A_rate_limiter_that_throws_while_refusing_refuses_and_is_told()
    {
        var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 1 });
        limiter.Dispose();
        var server = new EmbeddedChannel(new ConnectionRateGate(limiter), _recorder);

        server.WriteInbound(new ChildChannel());

        Assert.IsType<ObjectDisposedException>(Assert.Single(_recorder.Exceptions));
        Assert.Equal(RefusalReason.GateFault, Assert.IsType<ConnectionRefused>(Assert.Single(_recorder.Events)).Reason);
    }

    [Fact]
    public void A_rate_limiter_that_throws_while_waiting_is_told_and_asked_again()
    {
        var limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = 1 });
        limiter.Dispose();
        var server = new EmbeddedChannel(new ConnectionRateGate(new RateLimiterAdapter(limiter, _time), OverLimit.Wait), _recorder);
        server.RunPendingTasks();
        int first = _recorder.Exceptions.Count;

        _time.Advance(Second);

        Assert.Equal(1, first);
        Eventually.Equal(true, () => Runs(server) && _recorder.Exceptions.Count == 2);
    }

    private static ChildChannel[] Children(int count) => [.. Enumerable.Range(0, count).Select(static _ => new ChildChannel(descriptor: -1))];

    private static bool Runs(EmbeddedChannel server)
    {
        server.RunPendingTasks();
        return true;
    }

    private static bool RunsToRead(EmbeddedChannel server) => Runs(server) && server.ReadPending;

    private static void Serve(EmbeddedChannel[] servers, int[] served)
    {
        for (int i = 0; i < servers.Length; i++)
        {
            servers[i].RunPendingTasks();
            if (servers[i].ReadPending)
            {
                servers[i].WriteInbound([.. Children(1)]);
                served[i]++;
            }
        }
    }

    private TokenBucket Bucket(int count) => new(new ConnectionRate(count, Second), _time);

    private ConnectionRateGate Gate(TokenBucket bucket) => new(bucket, OverLimit.Wait);

    private EmbeddedChannel Refusing(TokenBucket bucket) => new(new ConnectionRateGate(bucket), _recorder);

    /// <summary>Refuses everybody, after a while.</summary>
    private sealed class LateGate(Action whileItJudges) : AcceptGate
    {
        protected override RefusalReason? Judge(IChannelHandlerContext context, IChannel child)
        {
            whileItJudges();
            return RefusalReason.Overload;
        }
    }
}
