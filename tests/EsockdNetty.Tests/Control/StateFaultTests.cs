using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control;

/// <summary>What a listener cannot do in its state, it says with what to do instead.</summary>
public sealed class StateFaultTests
{
    [Fact]
    public async Task A_closed_one_is_to_be_opened_again()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo);
        await server.Listener.CloseAsync().WaitAsync(Eventually.Guard);

        InvalidOperationException resumed = await Assert.ThrowsAsync<InvalidOperationException>(server.Listener.ResumeAsync);
        InvalidOperationException suspended = await Assert.ThrowsAsync<InvalidOperationException>(server.Listener.SuspendAsync);
        await server.Listener.ReopenAsync().WaitAsync(Eventually.Guard);

        Assert.Equal("The listener 'test' is Closed and cannot be resumed: open it again (ReopenAsync).", resumed.Message);
        Assert.Equal("The listener 'test' is Closed and cannot be suspended: open it again (ReopenAsync).", suspended.Message);
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());
    }
}
