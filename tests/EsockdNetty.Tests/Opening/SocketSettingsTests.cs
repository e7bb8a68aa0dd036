using EsockdNetty.Opening;

namespace EsockdNetty.Tests.Opening;

public sealed class SocketSettingsTests
{
    [Fact]
    public void What_was_not_given_costs_a_connection_nothing()
    {
        SocketSettings settings = SocketSettings.Of(new SocketOptions());

        Assert.Equal(["Socket:NoDelay"], settings.Connections.Select(static setting => setting.Path));
        Assert.Empty(settings.Listening);
        Assert.Empty(settings.Told);
    }

    [Fact]
    public void Each_option_that_was_given_is_one_of_a_connection()
    {
        var options = new SocketOptions { KeepAlive = true, KeepAliveIdle = TimeSpan.FromSeconds(60), Raw = { new RawOption(1, 12, 6) } };

        SocketSettings settings = SocketSettings.Of(options);

        Assert.Equal(["Socket:NoDelay", "Socket:KeepAlive", "Socket:KeepAliveIdle", "Socket:Raw"], settings.Connections.Select(static setting => setting.Path));
        Assert.Equal(["Socket:KeepAlive True", "Socket:KeepAliveIdle 00:01:00", "Socket:Raw (1, 12) = 06000000 of Connections"], settings.Told);
    }
}
