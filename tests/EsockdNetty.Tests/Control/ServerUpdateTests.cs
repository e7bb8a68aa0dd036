using System.Net;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Bans;
using EsockdNetty.Codecs;
using EsockdNetty.Connections.Handshakes;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Control;

/// <summary>Changing the server's own options while it runs.</summary>
public sealed class ServerUpdateTests
{
    private static readonly ClientAddress Client = ClientAddress.Of(IPAddress.Parse("192.0.2.7"));

    public static TheoryData<string, Action<SocketServerOptions>> Changes => new()
    {
        { "MaxConnections", static options => options.MaxConnections = 77 },
        { "DrainTimeout", static options => options.DrainTimeout = TimeSpan.FromSeconds(77) },
        { "Handshakes", static options => options.Handshakes = new HandshakeLimit(7, 77) },
        { "BufferBudget", static options => options.BufferBudget = 77_000_000 },
        { "CollectAfterBurst", static options => options.CollectAfterBurst = false },
        { "Overload:LoopLag", static options => options.Overload.LoopLag = TimeSpan.FromMilliseconds(770) },
        { "Overload:LoopLagFor", static options => options.Overload.LoopLagFor = TimeSpan.FromSeconds(77) },
        { "Overload:MemoryHigh", static options => options.Overload.MemoryHigh = null },
        { "Overload:MemoryLow", static options => options.Overload.MemoryLow = 0.77 },
        { "Overload:Reason", static options => options.Overload.Reason = static () => null },
        { "Bans:BadFraming", static options => options.Bans.BadFraming = 7 },
        { "Bans:FailedHandshake", static options => options.Bans.FailedHandshake = 7 },
        { "Bans:Denied", static options => options.Bans.Denied = 7 },
        { "Bans:RateExceeded", static options => options.Bans.RateExceeded = 7 },
        { "Bans:Threshold", static options => options.Bans.Threshold = 77 },
        { "Bans:Window", static options => options.Bans.Window = TimeSpan.FromMinutes(77) },
        { "Bans:Duration", static options => options.Bans.Duration = TimeSpan.FromMinutes(77) },
        { "Bans:NeverBan", static options => options.Bans.NeverBan.Add("10.0.0.0/8") },
        { "ListenerDefaults:Limits:MaxFrame", static options => options.ListenerDefaults.Limits.MaxFrame = 77 },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Changes_that_setting_alone_and_touches_nobody(string option, Action<SocketServerOptions> change)
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo);
        using Peer living = await server.Connect();
        Assert.True(await living.IsServed());
        KeyValuePair<string, string?>[] before = [.. OptionsText.Values(server.Server.Options)];

        server.Server.Update(change);

        Assert.Equal([option], OptionsText.Values(server.Server.Options).Except(before).Select(static value => value.Key));
        Assert.True(await living.IsServed());
        using Peer newcomer = await server.Connect();
        Assert.True(await newcomer.IsServed());
    }

    [Fact]
    public async Task Takes_all_or_nothing_and_tells_every_fault()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo);
        string before = OptionsText.Of(server.Server.Options);

        ListenerOptionsException thrown = Assert.Throws<ListenerOptionsException>(() => server.Server.Update(static options =>
        {
            options.MaxConnections = 5;
            options.DrainTimeout = TimeSpan.FromSeconds(-1);
            options.Overload.MemoryHigh = 2;
            options.Bans.Denied = 1;
            options.Bans.Threshold = 0;
        }));

        Assert.Equal(["Server:DrainTimeout", "Server:Overload:MemoryHigh", "Server:Bans:Threshold"], thrown.Faults.Select(static fault => fault.Option));
        Assert.Equal(before, OptionsText.Of(server.Server.Options));
        Assert.NotEqual(5, server.Server.MaxConnections);
        Assert.NotEqual(5, server.Listener.MaxConnections);
        Assert.Null(server.Server.Parts.Abuse);
    }

    [Fact]
    public async Task What_is_fixed_while_it_runs_is_a_fault_with_its_value_and_what_to_do()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo);
        using var log = new LogLines();
        using var meters = new Measured();

        ListenerOptionsException thrown = Assert.Throws<ListenerOptionsException>(() => server.Server.Update(options =>
        {
            options.MaxConnections = 5;
            options.LoggerFactory = log;
            options.MeterFactory = meters;
            options.Loops = 77;
            options.Transport = SocketTransport.Sockets;
            options.Bans.IPv6Prefix = 48;
        }));

        Assert.Equal(
            ["Server:LoggerFactory", "Server:MeterFactory", "Server:Loops", "Server:Transport", "Server:Bans:IPv6Prefix"],
            thrown.Faults.Select(static fault => fault.Option));
        Assert.Equal("Server:Loops is 77: it cannot be changed while the server runs: make another server", thrown.Faults[2].ToString());
        Assert.NotEqual(5, server.Server.MaxConnections);
    }

    [Fact]
    public async Task What_the_change_throws_changes_nothing()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo);

        Assert.Throws<InvalidTimeZoneException>(() => server.Server.Update(static options =>
        {
            options.MaxConnections = 5;
            throw new InvalidTimeZoneException();
        }));

        Assert.NotEqual(5, server.Server.MaxConnections);
    }

    [Fact]
    public async Task A_draft_that_was_kept_changes_nothing_later()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo);
        SocketServerOptions? kept = null;
        server.Server.Update(options => kept = options);
        string before = OptionsText.Of(server.Server.Options);

        kept!.Bans.NeverBan.Add("10.0.0.0/8");
        kept.Overload.LoopLag = null;
        kept.ListenerDefaults.Limits.MaxFrame = 2;
        server.Server.Options.MaxConnections = 2;

        Assert.Equal(before, OptionsText.Of(server.Server.Options));
    }

    [Fact]
    public async Task It_stands_in_the_log()
    {
        using var log = new LogLines();
        await using OneListener server = await OneListener.Open(OneListener.Echo, server: new SocketServerOptions { LoggerFactory = log });

        server.Server.Update(static options => (options.MaxConnections, options.BufferBudget) = (77, 2 * 1024 * 1024));

        (LogLevel level, _, string text) = Assert.Single(log.All, static line => line.Id == 111);
        Assert.Equal(LogLevel.Information, level);
        Assert.StartsWith("The server was changed: max connections 77, drain 10 s, ", text, StringComparison.Ordinal);
        Assert.Contains("buffer budget 2097152 bytes, overload at loop lag 1 s for 3 s", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Transports.Both), MemberType = typeof(Transports))]
    public async Task A_limit_of_connections_holds_at_once_and_keeps_the_living(SocketTransport transport)
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo, server: new SocketServerOptions { Transport = transport });
        Listener own = await server.Server.OpenAsync(new ListenerOptions("own", "tcp://127.0.0.1:0") { Limits = { MaxConnections = 500 } }, OneListener.Echo);
        int all = server.Server.MaxConnections;
        using Peer first = await server.Connect();
        using Peer second = await Peer.Connect(own);
        Assert.True(await first.IsServed() && await second.IsServed());

        server.Server.Update(static options => options.MaxConnections = 1);

        Assert.True(await Peer.IsRefused(server.Listener));
        Assert.True(await Peer.IsRefused(own));
        Assert.True(await first.IsServed() && await second.IsServed());
        Assert.Equal((1, 1, 64, 500), (server.Server.MaxConnections, server.Listener.MaxConnections, server.Listener.MaxPending, own.MaxConnections));
        server.Server.Update(static options => options.MaxConnections = 3);
        using Peer third = await server.Connect();
        Assert.True(await third.IsServed());
        server.Server.Update(static options => options.MaxConnections = null);
        Assert.InRange(server.Server.MaxConnections, all / 2, int.MaxValue);
        Assert.Equal(server.Server.MaxConnections, server.Listener.MaxConnections);
    }

    [Theory]
    [MemberData(nameof(Transports.Both), MemberType = typeof(Transports))]
    public async Task A_raised_limit_lets_in_those_who_wait(SocketTransport transport)
    {
        await using OneListener server = await OneListener.Open(
            OneListener.Echo,
            static options => options.Limits.OverLimit = OverLimit.Wait,
            new SocketServerOptions { Transport = transport, MaxConnections = 1 });
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        using Peer second = await server.Connect();
        Eventually.Equal(true, () => server.Listener.IsWaiting);

        server.Server.Update(static options => options.MaxConnections = 2);

        Assert.True(await second.IsServed());
    }

    [Fact]
    public async Task A_listener_opened_after_goes_by_what_was_changed()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo);

        server.Server.Update(static options =>
        {
            options.MaxConnections = 77;
            options.ListenerDefaults.Limits.MaxFrame = 99;
        });
        Listener later = await server.Server.OpenAsync(new ListenerOptions("later", "tcp://127.0.0.1:0"), OneListener.Echo);

        Assert.Equal((77, 99), (later.MaxConnections, later.Options.Limits.MaxFrame));
        Assert.Equal(1024 * 1024, server.Listener.Options.Limits.MaxFrame);
    }

    [Fact]
    public async Task Points_that_were_none_count_for_connections_accepted_after()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo, static options => (options.Packet, options.Limits.MaxFrame) = (PacketType.Two, 10));
        await SendBadFrame(server);

        server.Server.Update(static options => (options.Bans.BadFraming, options.Bans.Threshold) = (1, 1));
        await SendBadFrame(server);

        Eventually.Equal("127.0.0.1/32", () => string.Join(' ', server.Server.Bans.List().Select(static ban => ban.Block)));
        Assert.True(await Peer.IsRefused(server.Listener));
    }

    [Fact]
    public async Task Threshold_duration_and_exceptions_of_bans_hold_at_once()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo, server: new SocketServerOptions { Bans = { Denied = 1, Threshold = 100 } });
        BanScore score = server.Server.Parts.Score;
        Assert.False(score.Report(Client, Abuse.Denied));

        server.Server.Update(static options => (options.Bans.Threshold, options.Bans.Duration) = (2, TimeSpan.FromDays(2)));
        Assert.True(score.Report(Client, Abuse.Denied));
        Assert.InRange(Assert.Single(server.Server.Bans.List()).Remaining, TimeSpan.FromDays(1), TimeSpan.FromDays(2));

        server.Server.Update(static options => options.Bans.NeverBan.Add("192.0.2.0/24"));
        Assert.False(server.Server.Bans.IsBanned(Client));
    }

    [Fact]
    public async Task Who_is_never_banned_by_call_stays_so_when_something_else_is_changed()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo);
        server.Server.Bans.NeverBan = [IPNetwork.Parse("192.0.2.0/24")];

        server.Server.Update(static options => options.MaxConnections = 77);

        Assert.Equal(["192.0.2.0/24"], server.Server.Options.Bans.NeverBan);
        Assert.Equal([IPNetwork.Parse("192.0.2.0/24")], server.Server.Bans.NeverBan);
    }

    [Fact]
    public async Task Who_is_never_banned_by_call_while_something_else_is_changed_stays_so()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo);

        server.Server.Update(options =>
        {
            server.Server.Bans.NeverBan = [IPNetwork.Parse("192.0.2.0/24")];
            options.MaxConnections = 77;
        });

        Assert.Equal(77, server.Server.MaxConnections);
        Assert.Equal([IPNetwork.Parse("192.0.2.0/24")], server.Server.Bans.NeverBan);
        Assert.Equal(["192.0.2.0/24"], server.Server.Options.Bans.NeverBan);
    }

    [Fact]
    public async Task Who_is_never_banned_by_option_takes_the_place_of_who_is_by_call()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo);
        server.Server.Bans.NeverBan = [IPNetwork.Parse("192.0.2.0/24")];

        server.Server.Update(static options => options.Bans.NeverBan.Clear());

        Assert.Empty(server.Server.Bans.NeverBan);
    }

    [Theory]
    [MemberData(nameof(Transports.Both), MemberType = typeof(Transports))]
    public async Task A_reason_of_overload_refuses_newcomers_until_it_is_taken_away(SocketTransport transport)
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo, server: new SocketServerOptions { Transport = transport });
        using Peer living = await server.Connect();
        Assert.True(await living.IsServed());

        server.Server.Update(static options => options.Overload.Reason = static () => "the database is down");
        Eventually.Equal("the database is down", () => server.Server.Parts.Overload.Reason);
        Assert.True(await Peer.IsRefused(server.Listener));
        Assert.True(await living.IsServed());

        server.Server.Update(static options => options.Overload.Reason = null);
        Eventually.Equal(null, () => server.Server.Parts.Overload.Reason);
        using Peer newcomer = await server.Connect();
        Assert.True(await newcomer.IsServed());
        Eventually.Equal(1, () => server.Listener.Statistics.Refused.GetValueOrDefault(RefusalReason.Overload));
    }

    [Fact]
    public async Task Budget_handshakes_and_collection_go_by_what_was_changed()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo);

        server.Server.Update(static options => (options.BufferBudget, options.Handshakes) = (77_000_000, new HandshakeLimit(7, 77)));

        Assert.True(server.Server.Parts.Bursts.IsOn);
        server.Server.Update(static options => options.CollectAfterBurst = false);

        Assert.False(server.Server.Parts.Bursts.IsOn);
        Assert.Equal((77_000_000, new HandshakeLimit(7, 77)), (server.Server.BufferBudget, server.Server.Parts.Handshakes.Limit));
    }

    [Fact]
    public async Task A_stop_goes_by_the_drain_time_in_effect()
    {
        await using OneListener server = await OneListener.Open(
            static (_, closed) => Task.Delay(Timeout.Infinite, closed),
            server: new SocketServerOptions { DrainTimeout = TimeSpan.FromDays(1) });
        using Peer busy = await server.Connect();
        Eventually.Equal(1, () => server.Listener.ConnectionCount);

        server.Server.Update(static options => options.DrainTimeout = TimeSpan.Zero);

        await server.Server.StopAsync().WaitAsync(Eventually.Guard);
    }

    private static async Task SendBadFrame(OneListener server)
    {
        using Peer bad = await server.Connect();
        await bad.Send(255, 255);
        await bad.EndsInOrder();
    }
}
