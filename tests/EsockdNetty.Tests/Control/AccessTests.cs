using System.Net;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Access;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Codecs;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Control;

public abstract class AccessTests
{
    private static readonly IPNetwork Loopback = IPNetwork.Parse("127.0.0.0/8");
    private static readonly IPAddress Another = IPAddress.Parse("127.0.0.2");

    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task Who_is_denied_is_refused_and_counted()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options => options.Access.Add("deny 127.0.0.0/8"));

        Assert.True(await Peer.IsRefused(server.Listener));

        Eventually.Equal(1, () => server.Listener.Statistics.Refused.GetValueOrDefault(RefusalReason.AccessDenied));
    }

    [Fact]
    public async Task Who_is_denied_or_banned_is_told_nothing_though_refusals_say_why()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, static options => options.Refusal = Refusal.Bytes("busy"u8));

        server.Listener.Access.AddFirst(AccessRule.Parse("deny all"));
        byte[]? denied = await SocketClient.ConnectAndReadToEnd(server.Listener.Address.EndPoint);
        server.Server.Bans.Ban(Loopback, TimeSpan.FromHours(1), "by hand");
        byte[]? banned = await SocketClient.ConnectAndReadToEnd(server.Listener.Address.EndPoint);

        Assert.Null(denied);
        Assert.Null(banned);
    }

    [Fact]
    public async Task Rules_change_while_it_runs_and_an_update_of_something_else_keeps_them()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        using Peer old = await server.Connect();
        Assert.True(await old.IsServed());

        server.Listener.Access.AddFirst(AccessRule.Parse("deny 127.0.0.0/8"));
        Assert.True(await Peer.IsRefused(server.Listener));
        server.Listener.Update(options => options.Timeouts.Idle = TimeSpan.FromMinutes(9));
        Assert.True(await Peer.IsRefused(server.Listener));
        Assert.Equal(["deny 127.0.0.0/8"], server.Listener.Options.Access);
        server.Listener.Update(options => options.Access.Clear());

        using Peer newcomer = await server.Connect();
        Assert.True(await newcomer.IsServed() && await old.IsServed());
    }

    [Fact]
    public async Task A_rule_added_by_call_while_something_else_is_updated_stays()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);

        server.Listener.Update(options =>
        {
            server.Listener.Access.AddFirst(AccessRule.Parse("deny 127.0.0.0/8"));
            options.Limits.MaxConnections = 77;
        });

        Assert.Equal(77, server.Listener.MaxConnections);
        Assert.Equal(["deny 127.0.0.0/8"], server.Listener.Options.Access);
        Assert.True(await Peer.IsRefused(server.Listener));
    }

    [Fact]
    public async Task A_rule_removed_by_another_thread_while_something_else_is_updated_stays_removed()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, static options => options.Access.Add("deny 127.0.0.0/8"));

        server.Listener.Update(options =>
        {
            Assert.True(OnAnotherThread(() => server.Listener.Access.Remove(AccessRule.Parse("deny 127.0.0.0/8"))));
            options.Limits.MaxConnections = 77;
        });

        Assert.Empty(server.Listener.Options.Access);
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());
    }

    [Fact]
    public async Task Rules_that_an_update_changes_take_the_place_of_all()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);

        server.Listener.Update(options =>
        {
            server.Listener.Access.AddFirst(AccessRule.Parse("deny 127.0.0.0/8"));
            options.Access.Add("deny 192.0.2.0/24");
        });

        Assert.Equal(["deny 192.0.2.0/24"], server.Listener.Options.Access);
    }

    [Fact]
    public async Task A_rule_that_is_wrong_changes_nothing()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);

        ListenerOptionsException thrown = Assert.Throws<ListenerOptionsException>(() => server.Listener.Update(options => options.Access.Add("forbid 1")));

        Assert.Equal("Listeners:test:Access:0", Assert.Single(thrown.Faults).Option);
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());
    }

    [Fact]
    public async Task Who_is_banned_is_refused_by_every_listener_until_the_ban_is_lifted()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        Listener second = await server.Server.OpenAsync(new ListenerOptions("second", "tcp://127.0.0.1:0"), OneListener.Echo);

        server.Server.Bans.Ban(Loopback, TimeSpan.FromHours(1), "by hand");

        Assert.True(await Peer.IsRefused(server.Listener) && await Peer.IsRefused(second));
        Assert.True(server.Server.Bans.Lift(Loopback));
        using Peer peer = await Peer.Connect(second);
        Assert.True(await peer.IsServed());
        Eventually.Equal(1, () => server.Listener.Statistics.Refused.GetValueOrDefault(RefusalReason.Banned));
    }

    [Fact]
    public async Task Bad_frames_earn_a_ban_where_they_have_points()
    {
        var serverOptions = new SocketServerOptions { Bans = { BadFraming = 5, Threshold = 10 } };
        await using OneListener server = await Transport.Open(OneListener.Echo, options => (options.Packet, options.Limits.MaxFrame) = (PacketType.Two, 10), serverOptions);

        for (int i = 0; i < 2; i++)
        {
            using Peer bad = await server.Connect();
            await bad.Send(255, 255);
            await bad.EndsInOrder();
        }

        Eventually.Equal("127.0.0.1/32 bad framing", () => Banned(server));
        Assert.True(await Peer.IsRefused(server.Listener));
    }

    [Fact]
    public async Task Failed_handshakes_earn_a_ban_where_they_have_points()
    {
        var serverOptions = new SocketServerOptions { Bans = { FailedHandshake = 5, Threshold = 10 } };
        await using OneListener server = await Transport.Open(OneListener.Echo, OneListener.Tls, serverOptions);

        for (int i = 0; i < 2; i++)
        {
            using Peer bad = await server.Connect();
            await bad.Send("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
            await bad.EndsInOrder();
        }

        Eventually.Equal("127.0.0.1/32 failed handshakes", () => Banned(server));
        Assert.True(await Peer.IsRefused(server.Listener));
        using Peer another = await Peer.Connect(server.Listener, from: Another);
        await another.Handshake();
        Assert.True(await another.IsServed());
        Eventually.Equal(1, () => server.Listener.Statistics.Refused.GetValueOrDefault(RefusalReason.Banned));
    }

    [Fact]
    public async Task Who_connects_too_fast_again_and_again_is_banned_where_that_has_points()
    {
        var serverOptions = new SocketServerOptions { Bans = { RateExceeded = 5, Threshold = 10 } };
        await using OneListener server = await Transport.Open(
            OneListener.Echo,
            static options => options.Limits.PerAddress = new() { Rate = new AddressRate(1, TimeSpan.FromHours(1)) },
            serverOptions);
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());

        Assert.True(await Peer.IsRefused(server.Listener) && await Peer.IsRefused(server.Listener));

        Eventually.Equal("127.0.0.1/32 connected too fast", () => Banned(server));
        Assert.True(await Peer.IsRefused(server.Listener));
        Eventually.Equal((2, 1), () => (
            server.Listener.Statistics.Refused.GetValueOrDefault(RefusalReason.AddressRate),
            server.Listener.Statistics.Refused.GetValueOrDefault(RefusalReason.Banned)));
    }

    [Fact]
    public async Task A_ban_that_was_earned_stands_in_the_log_once()
    {
        using var log = new LogLines();
        var serverOptions = new SocketServerOptions { LoggerFactory = log, Bans = { Denied = 1, Threshold = 3 } };
        await using OneListener server = await Transport.Open(OneListener.Echo, static options => options.Access.Add("deny all"), serverOptions);

        for (int i = 0; i < 10; i++)
        {
            Assert.True(await Peer.IsRefused(server.Listener));
        }

        await server.DisposeAsync();
        (LogLevel level, _, string text) = Assert.Single(log.All, static line => line.Id == 205);
        Assert.Equal(LogLevel.Warning, level);
        Assert.StartsWith("1 ban was earned by points, the last by 127.0.0.1: denied and came again; 0 more", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_address_has_so_many_connections_and_a_change_holds_at_once()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options => options.Limits.PerAddress = new(1));
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        Assert.True(await Peer.IsRefused(server.Listener));
        using Peer another = await Peer.Connect(server.Listener, from: Another);
        Assert.True(await another.IsServed());
        Assert.True(await Peer.IsRefused(server.Listener, Another));

        server.Listener.Update(options => options.Limits.PerAddress = new(2));
        using Peer second = await server.Connect();
        Assert.True(await second.IsServed());
        server.Listener.Update(options => options.Limits.PerAddress = new PerAddressOptions());

        using Peer third = await server.Connect();
        Assert.True(await third.IsServed());
        Eventually.Equal(2, () => server.Listener.Statistics.Refused.GetValueOrDefault(RefusalReason.AddressLimit));
    }

    [Fact]
    public async Task A_rate_of_an_address_holds()
    {
        await using OneListener server = await Transport.Open(
            OneListener.Echo,
            options => options.Limits.PerAddress = new() { Rate = new AddressRate(1, TimeSpan.FromHours(1)) });
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());

        Assert.True(await Peer.IsRefused(server.Listener));

        Eventually.Equal(1, () => server.Listener.Statistics.Refused.GetValueOrDefault(RefusalReason.AddressRate));
    }

    private static T OnAnotherThread<T>(Func<T> call)
    {
        Task<T> called = Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.True(called.Wait(Eventually.Guard));
        return called.Result;
    }

    private static string Banned(OneListener server) => string.Join(", ", server.Server.Bans.List().Select(static ban => $"{ban.Block} {ban.Reason}"));

    public sealed class OnEpoll : AccessTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : AccessTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
