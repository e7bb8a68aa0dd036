using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Access;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Rates;
using EsockdNetty.Alarms;
using EsockdNetty.Connections;
using EsockdNetty.Connections.Traffic;
using EsockdNetty.Diagnostics;
using EsockdNetty.Opening;
using EsockdNetty.Statistics;
using Microsoft.Extensions.Logging;

namespace EsockdNetty;

/// <summary>What a listener's stages share: the settings in effect, and the counts, limits and lists that outlive each change of them.</summary>
internal sealed class ListenerParts
{
    private const string AlarmRemedy = ". Remedy: raise Limits:MaxConnections and Alarm:Connections for so many, or limit who opens them (Limits:PerAddress, Access)";

    private volatile ListenerSettings _settings;

    public ListenerParts(ListenerSettings settings, ServerParts server, ILogger logger, TimeProvider time)
    {
        _settings = settings;
        Server = server;
        Logger = logger;
        Time = time;
        Live = new LiveConnections(Counters);
        Limit = new ConnectionLimit(MaxConnections(settings));
        Pending = new PendingConnections(MaxPending(settings), Counters);
        Access = new AccessControl(settings.Options.Access.ToRules(), server.Bans, server.Score);
        PerAddress = new AddressLimit(settings.Limits.PerAddress.IPv6Prefix, time);
        SetPerAddress(settings);
        Rate = new ListenerRate(settings.Limits.Rate, time);
        SetTraffic(settings.Limits.Traffic);
        Traffic = new TrafficTotals(Counters, Live);
        Waits = new WaitWatch(settings.Name, logger);
        ConnectionSockets = new ConnectionSocketOptions(settings.Name, logger);
        Alarm = new ConnectionAlarmWatch(settings.Name, Live, time, OnAlarm);
        Alarm.Change(settings.Options.Alarm);
    }

    /// <summary>Whoever listens to the alarm; see <see cref="Listener.Alarmed"/>.</summary>
    public event Action<ConnectionAlarm>? Alarmed;

    /// <summary>What connections accepted now are made of.</summary>
    public ListenerSettings Settings => _settings;

    public ServerParts Server { get; }

    public ConnectionLimit Limit { get; }

    public AccessControl Access { get; }

    public AddressLimit PerAddress { get; }

    public ListenerRate Rate { get; }

    /// <summary>Bytes a second, of one connection and of all.</summary>
    public TrafficLimit ByteLimit { get; } = new();

    /// <summary>Messages a second, of one connection and of all.</summary>
    public TrafficLimit MessageLimit { get; } = new();

    public ListenerCounters Counters { get; } = new();

    public PendingConnections Pending { get; }

    public LiveConnections Live { get; }

    public ConnectionAlarmWatch Alarm { get; }

    /// <summary>Whether its server channels wait for permits.</summary>
    public WaitWatch Waits { get; }

    /// <summary>What the system refuses of its connections' socket options.</summary>
    public ConnectionSocketOptions ConnectionSockets { get; }

    public TrafficTotals Traffic { get; }

    public ILogger Logger { get; }

    /// <summary>The clock of all that has no loop.</summary>
    public TimeProvider Time { get; }

    /// <summary>Tells what the system refuses of socket options, before they are in effect; null: nothing is tried.</summary>
    public SocketTrial? Trial { get; init; }

    /// <summary>False where connections over the limit cannot wait: several acceptors on .NET's sockets.</summary>
    public bool MayWait { get; init; } = true;

    /// <summary>Its part of its server's metrics; null where there is no server.</summary>
    public ListenerDiagnostics? Diagnostics { get; init; }

    /// <summary>The socket that was handed in, kept until the listener is closed; null when it binds its own.</summary>
    public InheritedSocket? Inherited { get; init; }

    /// <summary>
    /// Puts settings that were found good into effect. Nothing here can fail, so either all of them hold or none. The access rules in force stay unless
    /// there are others to replace them: they change by call too, and the settings know nothing of that.
    /// </summary>
    public void Apply(ListenerSettings settings, AccessRules? access)
    {
        _settings = settings;
        if (access is not null)
        {
            Access.Replace(access);
        }

        SetLimits();
        SetPerAddress(settings);
        Rate.Change(settings.Limits.Rate);
        SetTraffic(settings.Limits.Traffic);
        Alarm.Change(settings.Options.Alarm);
    }

    /// <summary>Sets how many connections there may be; the server has its say where the settings say nothing.</summary>
    public void SetLimits()
    {
        Limit.Limit = MaxConnections(_settings);
        Pending.Limit = MaxPending(_settings);
    }

    private int MaxConnections(ListenerSettings settings) => settings.Limits.MaxConnections ?? Server.Limit.Limit;

    private int MaxPending(ListenerSettings settings) => settings.Limits.MaxPending ?? DefaultLimits.MaxPending(MaxConnections(settings));

    private void SetPerAddress(ListenerSettings settings)
    {
        PerAddress.MaxConnections = settings.Limits.PerAddress.MaxConnections;
        PerAddress.Rate = settings.Limits.PerAddress.Rate;
    }

    private void SetTraffic(TrafficOptions traffic)
    {
        ByteLimit.PerConnection = traffic.BytesPerConnection;
        ByteLimit.Total = traffic.Bytes;
        MessageLimit.PerConnection = traffic.MessagesPerConnection;
        MessageLimit.Total = traffic.Messages;
    }

    private void OnAlarm(ConnectionAlarm alarm)
    {
        (LogLevel level, string remedy) = alarm.Kind == ConnectionAlarmKind.Cleared ? (LogLevel.Information, "") : (LogLevel.Warning, AlarmRemedy);
        Log.Alarm(Logger, level, alarm.Listener, alarm.Kind, alarm.Connections, alarm.Threshold, remedy);
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
