using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Options;

public sealed class SocketServerOptionsTests
{
    public static TheoryData<string, Action<SocketServerOptions>> Wrong => new()
    {
        { "Loops", options => options.Loops = 0 },
        { "MaxConnections", options => options.MaxConnections = 0 },
        { "DrainTimeout", options => options.DrainTimeout = TimeSpan.FromSeconds(-1) },
        { "DrainTimeout", options => options.DrainTimeout = TimeSpan.FromDays(2) },
        { "LoggerFactory", options => options.LoggerFactory = null! },
    };

    [Fact]
    public void The_defaults_are_good() => Assert.Empty(new SocketServerOptions().Validate());

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_value_is_named_with_its_path_and_a_remedy(string option, Action<SocketServerOptions> spoil)
    {
        var options = new SocketServerOptions();
        spoil(options);

        ListenerOptionsException thrown = Assert.Throws<ListenerOptionsException>(() => new SocketServer(options));

        OptionFault fault = Assert.Single(thrown.Faults);
        Assert.Equal($"Server:{option}", fault.Option);
        Assert.NotEmpty(fault.Remedy);
    }

    [Fact]
    public async Task What_is_changed_after_the_start_changes_nothing()
    {
        var options = new SocketServerOptions { Loops = 1, DrainTimeout = TimeSpan.Zero, MaxConnections = 9 };
        var server = new SocketServer(options);

        options.DrainTimeout = TimeSpan.FromDays(-1);
        options.MaxConnections = 1;

        Assert.Equal(9, server.MaxConnections);
        await server.StopAsync().WaitAsync(Eventually.Guard);
    }

    [Fact]
    public async Task By_default_a_server_takes_what_the_machine_bears()
    {
        await using var server = new SocketServer();

        Assert.InRange(server.MaxConnections, 16, 1_000_000);
    }

    [Fact]
    public async Task A_listener_without_a_limit_has_the_servers_and_a_quarter_of_it_pending()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo, server: new SocketServerOptions { MaxConnections = 1000 });

        Assert.Equal((1000, 250), (server.Listener.MaxConnections, server.Listener.MaxPending));
    }

    [Fact]
    public async Task At_least_64_may_be_pending()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo, options => options.Limits.MaxConnections = 10);

        Assert.Equal((10, 64), (server.Listener.MaxConnections, server.Listener.MaxPending));
    }
}
