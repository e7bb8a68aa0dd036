using EsockdNetty.Accepting;
using EsockdNetty.Codecs;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control;

public abstract class UpdateTests
{
    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task Changes_that_setting_alone()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options => options.Limits.MaxFrame = 77);
        string before = OptionsText.Of(server.Listener.Options);

        server.Listener.Update(options => options.Timeouts.Idle = TimeSpan.FromMinutes(20));

        Assert.Equal(TimeSpan.FromMinutes(20), server.Listener.Options.Timeouts.Idle);
        Assert.Equal(before.Replace("Idle=00:02:00", "Idle=00:20:00", StringComparison.Ordinal), OptionsText.Of(server.Listener.Options));
    }

    [Fact]
    public async Task Takes_all_or_nothing()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        string before = OptionsText.Of(server.Listener.Options);

        ListenerOptionsException thrown = Assert.Throws<ListenerOptionsException>(() => server.Listener.Update(options =>
        {
            options.Limits.MaxConnections = 5;
            options.Limits.MaxFrame = 0;
            options.Timeouts.Idle = TimeSpan.Zero;
        }));

        Assert.Equal(["Listeners:test:Limits:MaxFrame", "Listeners:test:Timeouts:Idle"], thrown.Faults.Select(fault => fault.Option));
        Assert.Equal(before, OptionsText.Of(server.Listener.Options));
        Assert.NotEqual(5, server.Listener.MaxConnections);
    }

    [Fact]
    public async Task What_the_change_throws_changes_nothing()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);

        Assert.Throws<InvalidTimeZoneException>(() => server.Listener.Update(options =>
        {
            options.Limits.MaxConnections = 5;
            throw new InvalidTimeZoneException();
        }));

        Assert.NotEqual(5, server.Listener.MaxConnections);
    }

    [Fact]
    public async Task A_draft_that_was_kept_changes_nothing_later()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        CommonListenerOptions? kept = null;
        server.Listener.Update(options => kept = options);

        kept!.Limits.MaxFrame = 1;
        server.Listener.Options.Limits.MaxFrame = 2;

        Assert.Equal(1024 * 1024, server.Listener.Options.Limits.MaxFrame);
    }

    [Fact]
    public async Task A_limit_holds_at_once_and_keeps_the_living()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        using Peer first = await server.Connect();
        using Peer second = await server.Connect();
        Assert.True(await first.IsServed() && await second.IsServed());

        server.Listener.Update(options => options.Limits.MaxConnections = 1);

        Assert.True(await Peer.IsRefused(server.Listener));
        Assert.True(await first.IsServed() && await second.IsServed());
        Assert.Equal((1, 64), (server.Listener.MaxConnections, server.Listener.MaxPending));
        server.Listener.Update(options => options.Limits.MaxConnections = null);
        using Peer third = await server.Connect();
        Assert.True(await third.IsServed());
        Assert.Equal(server.Server.MaxConnections, server.Listener.MaxConnections);
    }

    [Fact]
    public async Task What_was_spent_of_a_rate_stays_spent_whatever_else_is_changed()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, static options =>
        {
            options.Limits.Rate = new(2, TimeSpan.FromHours(1));
            options.Limits.PerAddress = new() { Rate = new(1, TimeSpan.FromHours(1)) };
        });
        using Peer first = await server.Connect();
        Assert.True(await first.IsServed());

        server.Listener.Update(static options => options.Timeouts.Idle = TimeSpan.FromMinutes(9));
        Assert.True(await Peer.IsRefused(server.Listener));
        server.Listener.Update(static options => options.Limits.PerAddress = new PerAddressOptions());
        using Peer second = await server.Connect();
        Assert.True(await second.IsServed());
        server.Listener.Update(static options => options.Timeouts.Idle = TimeSpan.FromMinutes(10));

        Assert.True(await Peer.IsRefused(server.Listener));
    }

    [Fact]
    public async Task Framing_holds_for_newcomers_and_not_for_the_living()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options => options.Packet = PacketType.One);
        using Peer old = await server.Connect();
        await old.Send(1, 7);
        Assert.Equal([1, 7], await old.Receive(2));

        server.Listener.Update(options => options.Packet = PacketType.Two);

        using Peer newcomer = await server.Connect();
        await newcomer.Send(0, 1, 9);
        Assert.Equal([0, 1, 9], await newcomer.Receive(3));
        await old.Send(1, 8);
        Assert.Equal([1, 8], await old.Receive(2));
    }

    [Fact]
    public async Task A_TLS_listener_stays_one_whatever_else_is_changed()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, OneListener.Tls);

        server.Listener.Update(options => options.Limits.MaxConnections = 500);

        using Peer peer = await server.ConnectTls();
        Assert.True(await peer.IsServed());
    }

    [Fact]
    public async Task A_TLS_listener_does_not_lose_its_certificate()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, OneListener.Tls);

        Assert.Throws<ListenerOptionsException>(() => server.Listener.Update(options => options.Tls.Certificate = null));

        using Peer peer = await server.ConnectTls();
        Assert.True(await peer.IsServed());
    }

    [Fact]
    public async Task Handlers_are_swapped_for_newcomers()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        using Peer old = await server.Connect();
        Assert.True(await old.IsServed());

        server.Listener.SwapHandlers(async (session, closed) =>
        {
            while (await session.ReceiveAsync(closed) is not null)
            {
                await session.SendAsync("new"u8.ToArray(), closed);
            }
        });

        using Peer newcomer = await server.Connect();
        await newcomer.Send(1);
        Assert.Equal("new"u8.ToArray(), await newcomer.Receive(3));
        Assert.True(await old.IsServed());
        server.Listener.SwapHandlers(pipeline => pipeline.AddLast(new EchoHandler()));
        using Peer newest = await server.Connect();
        Assert.True(await newest.IsServed());
    }

    [Fact]
    public async Task Waiting_turns_into_refusing_and_back()
    {
        await using OneListener server = await Transport.Open(
            OneListener.Echo,
            options => (options.Limits.MaxConnections, options.Limits.OverLimit) = (1, OverLimit.Wait));
        Peer first = await server.Connect();
        Assert.True(await first.IsServed());
        using Peer waiting = await server.Connect();

        server.Listener.Update(options => options.Limits.OverLimit = OverLimit.Refuse);
        Assert.False(await waiting.EndsInOrder());
        Assert.True(await Peer.IsRefused(server.Listener));

        server.Listener.Update(options => options.Limits.OverLimit = OverLimit.Wait);
        first.Dispose();
        Eventually.Equal(0, () => server.Listener.ConnectionCount);
        using Peer second = await server.Connect();
        Assert.True(await second.IsServed());
    }

    public sealed class OnEpoll : UpdateTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : UpdateTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
