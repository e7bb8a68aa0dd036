using System.Collections.Concurrent;
using EsockdNetty.Alarms;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Alarms;

/// <summary>A listener's alarm, on real sockets.</summary>
public abstract class ListenerAlarmTests
{
    private readonly ConcurrentQueue<ConnectionAlarm> _told = new();

    protected abstract SocketTransport Transport { get; }

    [Fact]
    public async Task A_listener_tells_when_it_has_many_connections_and_when_it_has_no_more()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, static options => options.Alarm.Connections = 1);
        server.Listener.Alarmed += _told.Enqueue;

        using Peer first = await server.Connect();
        using Peer second = await server.Connect();
        Eventually.Equal(1, () => _told.Count);
        await server.Listener.CloseConnectionsAsync(static _ => true).WaitAsync(Eventually.Guard);

        Eventually.Equal(2, () => _told.Count);
        Assert.Equal([new ConnectionAlarm("test", ConnectionAlarmKind.Raised, 2, 1), new ConnectionAlarm("test", ConnectionAlarmKind.Cleared, 0, 1)], _told);
    }

    [Fact]
    public async Task Whoever_is_told_and_throws_costs_no_connection()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, static options => options.Alarm.Connections = 1);
        server.Listener.Alarmed += static _ => throw new InvalidTimeZoneException();

        using Peer first = await server.Connect();
        using Peer second = await server.Connect();

        Assert.True(await first.IsServed());
        Assert.True(await second.IsServed());
    }

    public sealed class OnEpoll : ListenerAlarmTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : ListenerAlarmTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
