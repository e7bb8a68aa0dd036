namespace EsockdNetty.Alarms;

/// <summary>What happened to an alarm.</summary>
public enum ConnectionAlarmKind
{
    /// <summary>The connections have crossed the threshold upwards.</summary>
    Raised,

    /// <summary>The cooldown is over, and they are still above it.</summary>
    StillRaised,

    /// <summary>They have fallen below 90 % of it.</summary>
    Cleared,
}
