using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting;

public sealed class MaxConnectionsGateTests
{
    private readonly EventRecorder _recorder = new();

    [Fact]
    public void Refuses_the_connection_after_the_last_permit()
    {
        var limit = new ConnectionLimit(1);
        var server = new EmbeddedChannel(new MaxConnectionsGate(limit), _recorder);
        var first = new ChildChannel();
        var second = new ChildChannel();

        server.WriteInbound(first, second);

        Assert.Same(first, server.ReadInbound<IChannel>());
        Assert.Null(server.ReadInbound<IChannel>());
        Assert.False(second.Open);
        Assert.Equal([new ConnectionRefused(RefusalReason.MaxConnections, ChildChannel.Peer)], _recorder.Events);
        Assert.Equal(1, limit.Count);
    }

    [Fact]
    public void Refuses_for_the_reason_it_was_given()
    {
        var limit = new ConnectionLimit(1);
        limit.TryTake();
        var server = new EmbeddedChannel(new MaxConnectionsGate(limit, RefusalReason.ServerMaxConnections), _recorder);

        server.WriteInbound(new ChildChannel());

        Assert.Equal(RefusalReason.ServerMaxConnections, Assert.IsType<ConnectionRefused>(Assert.Single(_recorder.Events)).Reason);
    }

    [Fact]
    public async Task Takes_the_permit_back_when_the_connection_is_closed()
    {
        var limit = new ConnectionLimit(1);
        var server = new EmbeddedChannel(new MaxConnectionsGate(limit), _recorder);
        var child = new ChildChannel();
        server.WriteInbound(child);

        await child.CloseAsync();

        Assert.Equal(0, limit.Count);
        server.WriteInbound(new ChildChannel());
        Assert.Empty(_recorder.Events);
    }

    [Fact]
    public void A_refusal_by_the_shared_limit_gives_back_the_permit_of_the_own_one()
    {
        var own = new ConnectionLimit(10);
        var shared = new ConnectionLimit(1);
        shared.TryTake();
        var server = new EmbeddedChannel(new MaxConnectionsGate(own), new MaxConnectionsGate(shared, RefusalReason.ServerMaxConnections), _recorder);

        for (int i = 0; i < 1000; i++)
        {
            server.WriteInbound(new ChildChannel());
        }

        Assert.Equal(0, own.Count);
        Assert.Equal(1, shared.Count);
        Assert.Equal(1000, _recorder.Events.Count);
    }

    [Fact]
    public async Task Waiting_asks_again_when_a_connection_has_ended()
    {
        var limit = new ConnectionLimit(1);
        var gate = new MaxConnectionsGate(limit, overLimit: OverLimit.Wait);
        var server = new EmbeddedChannel(gate, _recorder);
        var child = new ChildChannel();
        server.WriteInbound(child);

        await child.CloseAsync();
        server.RunPendingTasks();

        Assert.True(server.ReadPending);
        Assert.False(gate.IsWaiting);
        Assert.Equal(1, limit.Count);
    }

    [Fact]
    public void Waiting_asks_again_when_the_limit_is_raised()
    {
        var limit = new ConnectionLimit(1);
        EmbeddedChannel server = Waiting(limit);
        server.WriteInbound(new ChildChannel());

        limit.Limit = 2;
        server.RunPendingTasks();

        Assert.True(server.ReadPending);
    }

    [Fact]
    public void Waiting_refuses_a_child_beyond_the_one_that_was_reserved_when_no_permit_is_left()
    {
        var limit = new ConnectionLimit(2);
        EmbeddedChannel server = Waiting(limit);
        ChildChannel[] children = [new(), new(), new()];

        server.WriteInbound([.. children]);

        Assert.Equal([true, true, false], children.Select(child => child.Open));
        Assert.Equal(2, limit.Count);
    }

    [Fact]
    public async Task A_permit_that_is_given_back_goes_to_the_listener_that_waits_after_one_that_closed()
    {
        var limit = new ConnectionLimit(1);
        EmbeddedChannel first = Waiting(limit);
        EmbeddedChannel second = Waiting(limit);
        EmbeddedChannel third = Waiting(limit);

        await second.CloseAsync();
        await first.CloseAsync();
        third.RunPendingTasks();

        Assert.True(third.ReadPending);
        Assert.Equal(1, limit.Count);
    }

    private EmbeddedChannel Waiting(ConnectionLimit limit) => new(new MaxConnectionsGate(limit, overLimit: OverLimit.Wait), new EventRecorder());
}
