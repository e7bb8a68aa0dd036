namespace EsockdNetty;

/// <summary>When a listener says that it has many connections: an operator can act before it refuses any.</summary>
public sealed class AlarmOptions
{
    private Setting<int?> _connections;
    private Setting<TimeSpan> _cooldown = new(TimeSpan.FromSeconds(60));

    /// <summary>
    /// Live connections above which the alarm is raised: once on crossing up, again each <see cref="Cooldown"/> while still above, and once when
    /// they fall below 90 % of it. Default: null, no alarm.
    /// </summary>
    public int? Connections { get => _connections.Value; set => _connections.Value = value; }

    /// <summary>How long a raised alarm is silent while the connections stay above. Default: 60 s.</summary>
    public TimeSpan Cooldown { get => _cooldown.Value; set => _cooldown.Value = value; }

    internal void Validate(OptionFaults faults)
    {
        faults.AtLeast("Alarm:Connections", Connections, 1);
        faults.Positive("Alarm:Cooldown", Cooldown);
    }

    internal void Inherit(AlarmOptions general)
    {
        _connections.Inherit(general._connections);
        _cooldown.Inherit(general._cooldown);
    }

    internal AlarmOptions Copy() => (AlarmOptions)MemberwiseClone();
}
