using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Rates;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Accepting;

/// <summary>What a listener tells of its waiting for permits.</summary>
public sealed class WaitWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Less = Patience - TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(1);

    private readonly ConnectionLimit _limit = new(1);
    private readonly ConnectionLimit _shared = new(10);
    private readonly ListLogger _log = new();
    private readonly AcceptLog _acceptLog;
    private readonly WaitWatch _watch;
    private readonly EmbeddedChannel _server;
    private bool? _isKnockedAt;

    public WaitWatchTests()
    {
        _acceptLog = new AcceptLog("mqtt", _log);
        _watch = new WaitWatch("mqtt", _log, _ => _isKnockedAt);
        _server = NewServer();
    }

    [Fact]
    public void Warns_after_five_seconds_and_names_listener_limit_value_and_remedy()
    {
        Serve(_server);

        _server.AdvanceTimeBy(Less);
        Assert.Empty(_log.Lines);
        _server.AdvanceTimeBy(Rest);

        Assert.Equal(
            (LogLevel.Warning, 203, "Listener mqtt has waited for a permit for 5 s and accepts nothing meanwhile: max_connections, at 1 connection. Remedy: raise Limits:MaxConnections"),
            Assert.Single(_log.Lines));
    }

    [Fact]
    public void Is_seen_to_wait_from_the_first_moment_to_the_last()
    {
        Assert.False(_watch.IsWaiting);

        Serve(_server);
        Assert.True(_watch.IsWaiting);
        FreePermit(_server);

        Assert.False(_watch.IsWaiting);
    }

    [Fact]
    public void Warns_once_however_long_it_waits_and_says_when_it_is_over()
    {
        Serve(_server);
        _server.AdvanceTimeBy(TimeSpan.FromMinutes(10));
        Assert.Single(_log.Lines);

        FreePermit(_server);

        Assert.Equal([203, 204], _log.Lines.Select(static line => line.Id));
        Assert.Equal((LogLevel.Information, "Listener mqtt waits for a permit no more; it had waited for 600 s"), (_log.Lines[1].Level, _log.Lines[1].Text));
    }

    [Fact]
    public void Where_nobody_knocks_nothing_is_told_however_long_it_waits()
    {
        _isKnockedAt = false;
        Serve(_server);

        _server.AdvanceTimeBy(TimeSpan.FromMinutes(10));
        FreePermit(_server);

        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Warns_once_when_somebody_knocks_at_last_and_says_when_it_is_over()
    {
        _isKnockedAt = false;
        Serve(_server);
        _server.AdvanceTimeBy(TimeSpan.FromSeconds(12));

        _isKnockedAt = true;
        _server.AdvanceTimeBy(TimeSpan.FromMinutes(1));
        FreePermit(_server);

        Assert.Equal([203, 204], _log.Lines.Select(static line => line.Id));
        Assert.StartsWith("Listener mqtt has waited for a permit for 15 s", _log.Lines[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_sockets_the_one_at_which_somebody_knocks_is_told()
    {
        EmbeddedChannel[] servers = [new(), new()];
        var watch = new WaitWatch("mqtt", _log, server => server == servers[1]);
        var nobody = new AcceptWait(RefusalReason.MaxConnections, static () => "none");
        var somebody = new AcceptWait(RefusalReason.Rate, static () => "one");
        nobody.Set(servers[0], isOn: true);
        somebody.Set(servers[1], isOn: true);

        watch.Changed(servers[0].EventLoop, nobody);
        watch.Changed(servers[1].EventLoop, somebody);
        servers[0].AdvanceTimeBy(Patience);

        Assert.Contains(": rate, at one.", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Warns_of_each_period_anew()
    {
        for (int i = 0; i < 3; i++)
        {
            Serve(_server);
            _server.AdvanceTimeBy(Patience);
            FreePermit(_server);
        }

        Assert.Equal([203, 204, 203, 204, 203, 204], _log.Lines.Select(static line => line.Id));
    }

    [Fact]
    public void Short_waits_do_not_add_up()
    {
        for (int i = 0; i < 10; i++)
        {
            Serve(_server);
            _server.AdvanceTimeBy(TimeSpan.FromSeconds(3));
            FreePermit(_server);
        }

        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void A_wait_for_two_limits_one_after_the_other_is_one_wait()
    {
        Serve(_server);
        _shared.TakeUpTo(100);
        _server.AdvanceTimeBy(Less);

        FreePermit(_server);
        Assert.True(_watch.IsWaiting);
        _server.AdvanceTimeBy(Rest);

        Assert.Contains("server_max_connections, at 10 connections. Remedy: raise Server:MaxConnections", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_value_told_is_the_one_in_force()
    {
        Serve(_server);
        _limit.TakeUpTo(1);
        _limit.Limit = 3;
        _limit.TakeUpTo(3);
        _server.RunPendingTasks();
        Serve(_server);

        _server.AdvanceTimeBy(Patience);

        Assert.Contains("at 3 connections", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_sockets_the_last_one_ends_the_wait()
    {
        EmbeddedChannel second = NewServer();
        Serve(_server);
        second.AdvanceTimeBy(Patience);

        FreePermit(second);
        Assert.True(_watch.IsWaiting);
        Assert.Equal([203], _log.Lines.Select(static line => line.Id));
        FreePermit(_server);

        Assert.False(_watch.IsWaiting);
        Assert.Equal([203, 204], _log.Lines.Select(static line => line.Id));
    }

    [Fact]
    public async Task A_listening_socket_that_is_closed_waits_no_more()
    {
        Serve(_server);

        await _server.CloseAsync();

        Assert.False(_watch.IsWaiting);
        _server.AdvanceTimeBy(Patience);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task A_permit_that_comes_with_the_close_leaves_no_wait_behind()
    {
        Serve(_server);
        _limit.Release();

        await _server.CloseAsync();
        _server.RunPendingTasks();

        Assert.False(_watch.IsWaiting);
        Assert.Equal(0, _limit.Count);
    }

    [Fact]
    public void A_gate_taken_out_waits_no_more()
    {
        Serve(_server);

        _server.Pipeline.Remove("own");

        Assert.False(_watch.IsWaiting);
    }

    [Fact]
    public void A_wait_for_the_rate_is_told_too()
    {
        var time = new ManualTime();
        var bucket = new TokenBucket(new ConnectionRate(1, TimeSpan.FromMinutes(1)), time);
        var server = new EmbeddedChannel(
            new ConnectionRateGate((IConnectionRateLimiter)bucket, OverLimit.Wait, isGone: static _ => false),
            new AcceptMeter(new ListenerCounters(), _acceptLog, _watch));
        Serve(server);
        Assert.True(_watch.IsWaiting);

        server.AdvanceTimeBy(Patience);
        time.Advance(TimeSpan.FromMinutes(1));
        server.RunPendingTasks();

        Assert.False(_watch.IsWaiting);
        Assert.Equal([203, 204], _log.Lines.Select(static line => line.Id));
        Assert.Contains(": rate, at 1 in 00:01:00. Remedy: raise Limits:Rate", _log.Lines[0].Text, StringComparison.Ordinal);
    }

    private static void Serve(EmbeddedChannel server) => server.WriteInbound(new ChildChannel());

    private void FreePermit(EmbeddedChannel server)
    {
        _limit.Release();
        server.RunPendingTasks();
    }

    private EmbeddedChannel NewServer()
    {
        var server = new EmbeddedChannel();
        server.Pipeline.AddLast("shared", new MaxConnectionsGate(_shared, RefusalReason.ServerMaxConnections, OverLimit.Wait));
        server.Pipeline.AddLast("own", new MaxConnectionsGate(_limit, overLimit: OverLimit.Wait));
        server.Pipeline.AddLast("meter", new AcceptMeter(new ListenerCounters(), _acceptLog, _watch));
        server.Read();
        return server;
    }
}
