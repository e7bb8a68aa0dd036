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
    public void Waiting_takes_the_permit_before_the_accept()
    {
        var limit = new ConnectionLimit(2);

        EmbeddedChannel server = Waiting(limit);

        Assert.True(server.ReadPending);
        Assert.Equal(1, limit.Count);
    }

    [Fact]
    public void Waiting_asks_for_no_connection_it_has_no_permit_for()
    {
        var limit = new ConnectionLimit(1);
        var gate = new MaxConnectionsGate(limit, overLimit: OverLimit.Wait);
        var server = new EmbeddedChannel(gate, _recorder);

        server.WriteInbound(new ChildChannel());

        Assert.False(server.ReadPending);
        Assert.True(gate.IsWaiting);
        Assert.Equal(1, limit.Count);
        Assert.Empty(_recorder.Events.OfType<ConnectionRefused>());
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
    public void Waiting_keeps_one_reservation_however_often_a_read_is_asked_for()
    {
        var limit = new ConnectionLimit(5);
        EmbeddedChannel server = Waiting(limit);

        server.Read();
        server.Read();

        Assert.Equal(1, limit.Count);
    }

    [Fact]
    public void Waiting_keeps_its_reservation_over_an_accept_that_failed()
    {
        var limit = new ConnectionLimit(5);
        EmbeddedChannel server = Waiting(limit);

        server.Pipeline.FireExceptionCaught(new AcceptException(AcceptErrorKind.Memory, System.Net.Sockets.SocketError.NoBufferSpaceAvailable));
        server.Read();

        Assert.Equal(1, limit.Count);
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
    public async Task Gives_its_reservation_back_when_the_listening_socket_is_closed()
    {
        var limit = new ConnectionLimit(2);
        EmbeddedChannel server = Waiting(limit);

        await server.CloseAsync();

        Assert.Equal(0, limit.Count);
    }

    [Fact]
    public async Task A_listener_that_closes_while_it_waits_leaves_the_permit_to_the_next()
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

    [Fact]
    public void A_permit_that_arrives_after_the_close_is_given_back()
    {
        var limit = new ConnectionLimit(1);
        limit.TryTake();
        EmbeddedChannel server = Waiting(limit);
        limit.Release();

        // Not closed as a whole: that would run what the loop has to do before the gate learns of it.
        server.Pipeline.FireChannelInactive();
        server.RunPendingTasks();

        Assert.Equal(0, limit.Count);
    }

    [Fact]
    public void Taken_out_while_it_waits_it_lets_the_read_pass()
    {
        var limit = new ConnectionLimit(1);
        limit.TryTake();
        EmbeddedChannel server = Waiting(limit);
        Assert.False(server.ReadPending);

        server.Pipeline.Remove<MaxConnectionsGate>();

        Assert.True(server.ReadPending);
        Assert.Equal(1, limit.Count);
    }

    [Fact]
    public void Told_to_refuse_from_now_on_it_waits_no_longer()
    {
        var limit = new ConnectionLimit(1);
        limit.TryTake();
        OverLimit overLimit = OverLimit.Wait;
        var gate = new MaxConnectionsGate(limit) { CurrentOverLimit = () => overLimit };
        var server = new EmbeddedChannel(gate, _recorder);
        bool before = server.ReadPending;

        overLimit = OverLimit.Refuse;
        server.Pipeline.FireUserEventTriggered(ListenerUpdated.Instance);

        Assert.False(before);
        Assert.True(server.ReadPending);
        Assert.False(gate.IsWaiting);
    }

    [Fact]
    public void A_change_of_other_options_leaves_it_waiting()
    {
        var limit = new ConnectionLimit(1);
        limit.TryTake();
        var gate = new MaxConnectionsGate(limit) { CurrentOverLimit = static () => OverLimit.Wait };
        var server = new EmbeddedChannel(gate, _recorder);

        server.Pipeline.FireUserEventTriggered(ListenerUpdated.Instance);

        Assert.False(server.ReadPending);
        Assert.True(gate.IsWaiting);
    }

    private EmbeddedChannel Waiting(ConnectionLimit limit) => new(new MaxConnectionsGate(limit, overLimit: OverLimit.Wait), new EventRecorder());
}
