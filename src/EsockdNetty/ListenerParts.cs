using EsockdNetty.Accepting;
using EsockdNetty.Alarms;
using EsockdNetty.Connections;
using EsockdNetty.Opening;
using EsockdNetty.Statistics;
using Microsoft.Extensions.Logging;

namespace EsockdNetty;

/// <summary>What a listener's stages share: the settings in effect, and the counts, limits and lists that outlive each change of them.</summary>
internal sealed class ListenerParts
{
    private readonly ConnectionLimit _serverLimit;
    private volatile ListenerSettings _settings;

    public ListenerParts(ListenerSettings settings, ConnectionLimit serverLimit, ILogger logger, TimeProvider time)
    {
        _settings = settings;
        _serverLimit = serverLimit;
        Logger = logger;
        Limit = new ConnectionLimit(MaxConnections(settings));
        Pending = new PendingConnections(MaxPending(settings), Counters);
        Traffic = new TrafficTotals(Counters, Live);
        Alarm = new ConnectionAlarmWatch(settings.Name, Live, time, OnAlarm);
        Alarm.Change(settings.Options.Alarm);
    }

    /// <summary>Whoever listens to the alarm; see <see cref="Listener.Alarmed"/>.</summary>
    public event Action<ConnectionAlarm>? Alarmed;

    /// <summary>What connections accepted now are made of.</summary>
    public ListenerSettings Settings => _settings;

    public ConnectionLimit Limit { get; }

    public ListenerCounters Counters { get; } = new();

    public PendingConnections Pending { get; }

    public LiveConnections Live { get; } = new();

    public ConnectionAlarmWatch Alarm { get; }

    public TrafficTotals Traffic { get; }

    public ILogger Logger { get; }

    /// <summary>Tells what the system refuses of socket options, before they are in effect; null: nothing is tried.</summary>
    public SocketTrial? Trial { get; init; }

    /// <summary>The socket that was handed in, kept until the listener is closed; null when it binds its own.</summary>
    public InheritedSocket? Inherited { get; init; }

    /// <summary>Puts settings that were found good into effect. Nothing here can fail, so either all of them hold or none.</summary>
    public void Apply(ListenerSettings settings)
    {
        _settings = settings;
        Limit.Limit = MaxConnections(settings);
        Pending.Limit = MaxPending(settings);
        Alarm.Change(settings.Options.Alarm);
    }

    private int MaxConnections(ListenerSettings settings) => settings.Limits.MaxConnections ?? _serverLimit.Limit;

    private int MaxPending(ListenerSettings settings) => settings.Limits.MaxPending ?? DefaultLimits.MaxPending(MaxConnections(settings));

    private void OnAlarm(ConnectionAlarm alarm)
    {
        Log.Alarm(Logger, alarm.Kind == ConnectionAlarmKind.Cleared ? LogLevel.Information : LogLevel.Warning, alarm.Listener, alarm.Kind, alarm.Connections, alarm.Threshold);
        try
        {
            Alarmed?.Invoke(alarm);
        }
        catch (Exception fault)
        {
            Log.AlarmHandlerFailed(Logger, fault, alarm.Listener);
        }
    }
}
