using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests;

/// <summary>What a server answers to arguments, whatever its transport.</summary>
public sealed class SocketServerArgumentTests
{
    [Fact]
    public async Task A_listener_that_is_not_there_is_not_removed()
    {
        await using var server = new SocketServer();

        Assert.False(await server.RemoveAsync("nobody"));
    }

    [Fact]
    public async Task Wrong_arguments_are_refused()
    {
        await using var server = new SocketServer();

        await Assert.ThrowsAsync<ArgumentNullException>(() => server.OpenAsync(null!, OneListener.Echo));
        Assert.Throws<ArgumentNullException>(() => { _ = server.OpenAsync(new ListenerOptions("a", "tcp://127.0.0.1:0"), (SessionHandler)null!); });
        Assert.Throws<ArgumentNullException>(() => { _ = server.OpenAsync(new ListenerOptions("a", "tcp://127.0.0.1:0"), (PipelineInitializer)null!); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = server.StopAsync(TimeSpan.FromSeconds(-1)); });
    }
}
