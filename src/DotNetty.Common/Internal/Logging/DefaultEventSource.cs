#nullable disable
using System.Diagnostics.Tracing;

namespace DotNetty.Common.Internal.Logging;

/// <summary>
/// What the runtime logs, as events of a source of its own: <c>EsockdNetty-DotNetty</c>. Its name differs from that of the published packages, since
/// both may be in one process and a name belongs to one source.
/// </summary>
[EventSource(Name = "EsockdNetty-DotNetty")]
public sealed class DefaultEventSource : EventSource
{
    public static readonly DefaultEventSource Log = new();

    private const int TraceId = 1;
    private const int DebugId = 2;
    private const int InfoId = 3;
    private const int WarningId = 4;
    private const int ErrorId = 5;

    private DefaultEventSource()
    {
    }

    public bool IsTraceEnabled => IsEnabled(EventLevel.Verbose, Keywords.TraceEventKeyword);

    public bool IsDebugEnabled => IsEnabled(EventLevel.Verbose, Keywords.DebugEventKeyword);

    public bool IsInfoEnabled => IsEnabled(EventLevel.Informational, EventKeywords.None);

    public bool IsWarningEnabled => IsEnabled(EventLevel.Warning, EventKeywords.None);

    public bool IsErrorEnabled => IsEnabled(EventLevel.Error, EventKeywords.None);

    [NonEvent]
    public void Trace(string source, string message) => Trace(source, message, string.Empty);

    [NonEvent]
    public void Trace(string source, string message, Exception exception)
    {
        if (IsTraceEnabled)
            Trace(source, message, Describe(exception));
    }

    [Event(TraceId, Level = EventLevel.Verbose, Keywords = Keywords.TraceEventKeyword)]
    public void Trace(string source, string message, string info)
    {
        if (IsTraceEnabled)
            WriteEvent(TraceId, source, message, info);
    }

    [NonEvent]
    public void Debug(string source, string message) => Debug(source, message, string.Empty);

    [NonEvent]
    public void Debug(string source, string message, Exception exception)
    {
        if (IsDebugEnabled)
            Debug(source, message, Describe(exception));
    }

    [Event(DebugId, Level = EventLevel.Verbose, Keywords = Keywords.DebugEventKeyword)]
    public void Debug(string source, string message, string info)
    {
        if (IsDebugEnabled)
            WriteEvent(DebugId, source, message, info);
    }

    [NonEvent]
    public void Info(string source, string message) => Info(source, message, string.Empty);

    [NonEvent]
    public void Info(string source, string message, Exception exception)
    {
        if (IsInfoEnabled)
            Info(source, message, Describe(exception));
    }

    [Event(InfoId, Level = EventLevel.Informational)]
    public void Info(string source, string message, string info)
    {
        if (IsInfoEnabled)
            WriteEvent(InfoId, source, message, info);
    }

    [NonEvent]
    public void Warning(string source, string message) => Warning(source, message, string.Empty);

    [NonEvent]
    public void Warning(string source, string message, Exception exception)
    {
        if (IsWarningEnabled)
            Warning(source, message, Describe(exception));
    }

    [Event(WarningId, Level = EventLevel.Warning)]
    public void Warning(string source, string message, string exception)
    {
        if (IsWarningEnabled)
            WriteEvent(WarningId, source, message, exception);
    }

    [NonEvent]
    public void Error(string source, string message) => Error(source, message, string.Empty);

    [NonEvent]
    public void Error(string source, string message, Exception exception)
    {
        if (IsErrorEnabled)
            Error(source, message, Describe(exception));
    }

    [Event(ErrorId, Level = EventLevel.Error)]
    public void Error(string source, string message, string exception)
    {
        if (IsErrorEnabled)
            WriteEvent(ErrorId, source, message, exception);
    }

    private static string Describe(Exception exception) => exception?.ToString() ?? string.Empty;

    /// <summary>Tells the two verbose levels apart.</summary>
    public class Keywords
    {
        public const EventKeywords TraceEventKeyword = (EventKeywords)1;
        public const EventKeywords DebugEventKeyword = (EventKeywords)2;
    }
}
