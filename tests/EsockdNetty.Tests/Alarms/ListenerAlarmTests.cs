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
    public async Task The_log_says_what_to_do_about_it_while_there_is_something_to_do()
    {
        using var log = new LogLines();
        await using OneListener server = await OneListener.Open(OneListener.Echo, static options => options.Alarm.Connections = 1, new SocketServerOptions { LoggerFactory = log });

        using Peer first = await server.Connect();
        using Peer second = await server.Connect();
        Eventually.Equal(1, () => Alarms().Length);
        await server.Listener.CloseConnectionsAsync(static _ => true).WaitAsync(Eventually.Guard);
        Eventually.Equal(2, () => Alarms().Length);

        Assert.StartsWith("Listener test: alarm Raised, 2 connections, threshold 1. Remedy: raise Limits:MaxConnections", Alarms()[0], StringComparison.Ordinal);
        Assert.Equal("Listener test: alarm Cleared, 0 connections, threshold 1", Alarms()[1]);

        string[] Alarms() => [.. log.All.Where(static line => line.Id == 108).Select(static line => line.Text)];
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
