namespace EsockdNetty.Alarms;

/// <summary>A listener has many connections, or no longer; see <see cref="AlarmOptions"/>.</summary>
/// <param name="Listener">The listener's name.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Connections">Live connections when it happened.</param>
/// <param name="Threshold">The number above which the alarm is raised.</param>
public sealed record ConnectionAlarm(string Listener, ConnectionAlarmKind Kind, int Connections, int Threshold);
