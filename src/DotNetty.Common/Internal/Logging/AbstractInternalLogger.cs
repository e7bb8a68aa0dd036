#nullable disable
namespace DotNetty.Common.Internal.Logging;

/// <summary>The base of loggers: routes the calls that name a level to the members of that level.</summary>
public abstract class AbstractInternalLogger : IInternalLogger
{
    private const string UnexpectedException = "Unexpected exception:";

    protected AbstractInternalLogger(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    public string Name { get; }

    public abstract bool TraceEnabled { get; }

    public abstract void Trace(string msg);

    public abstract void Trace(string format, object arg);

    public abstract void Trace(string format, object argA, object argB);

    public abstract void Trace(string format, params object[] arguments);

    public abstract void Trace(string msg, Exception t);

    public void Trace(Exception t) => Trace(UnexpectedException, t);

    public abstract bool DebugEnabled { get; }

    public abstract void Debug(string msg);

    public abstract void Debug(string format, object arg);

    public abstract void Debug(string format, object argA, object argB);

    public abstract void Debug(string format, params object[] arguments);

    public abstract void Debug(string msg, Exception t);

    public void Debug(Exception t) => Debug(UnexpectedException, t);

    public abstract bool InfoEnabled { get; }

    public abstract void Info(string msg);

    public abstract void Info(string format, object arg);

    public abstract void Info(string format, object argA, object argB);

    public abstract void Info(string format, params object[] arguments);

    public abstract void Info(string msg, Exception t);

    public void Info(Exception t) => Info(UnexpectedException, t);

    public abstract bool WarnEnabled { get; }

    public abstract void Warn(string msg);

    public abstract void Warn(string format, object arg);

    public abstract void Warn(string format, object argA, object argB);

    public abstract void Warn(string format, params object[] arguments);

    public abstract void Warn(string msg, Exception t);

    public void Warn(Exception t) => Warn(UnexpectedException, t);

    public abstract bool ErrorEnabled { get; }

    public abstract void Error(string msg);

    public abstract void Error(string format, object arg);

    public abstract void Error(string format, object argA, object argB);

    public abstract void Error(string format, params object[] arguments);

    public abstract void Error(string msg, Exception t);

    public void Error(Exception t) => Error(UnexpectedException, t);

    public bool IsEnabled(InternalLogLevel level) => level switch
    {
        InternalLogLevel.TRACE => TraceEnabled,
        InternalLogLevel.DEBUG => DebugEnabled,
        InternalLogLevel.INFO => InfoEnabled,
        InternalLogLevel.WARN => WarnEnabled,
        InternalLogLevel.ERROR => ErrorEnabled,
        _ => throw Unknown(level),
    };

    public void Log(InternalLogLevel level, string msg)
    {
        switch (level)
        {
            case InternalLogLevel.TRACE:
                Trace(msg);
                break;
            case InternalLogLevel.DEBUG:
                Debug(msg);
                break;
            case InternalLogLevel.INFO:
                Info(msg);
                break;
            case InternalLogLevel.WARN:
                Warn(msg);
                break;
            case InternalLogLevel.ERROR:
                Error(msg);
                break;
            default:
                throw Unknown(level);
        }
    }

    public void Log(InternalLogLevel level, string format, object arg)
    {
        switch (level)
        {
            case InternalLogLevel.TRACE:
                Trace(format, arg);
                break;
            case InternalLogLevel.DEBUG:
                Debug(format, arg);
                break;
            case InternalLogLevel.INFO:
                Info(format, arg);
                break;
            case InternalLogLevel.WARN:
                Warn(format, arg);
                break;
            case InternalLogLevel.ERROR:
                Error(format, arg);
                break;
            default:
                throw Unknown(level);
        }
    }

    public void Log(InternalLogLevel level, string format, object argA, object argB)
    {
        switch (level)
        {
            case InternalLogLevel.TRACE:
                Trace(format, argA, argB);
                break;
            case InternalLogLevel.DEBUG:
                Debug(format, argA, argB);
                break;
            case InternalLogLevel.INFO:
                Info(format, argA, argB);
                break;
            case InternalLogLevel.WARN:
                Warn(format, argA, argB);
                break;
            case InternalLogLevel.ERROR:
                Error(format, argA, argB);
                break;
            default:
                throw Unknown(level);
        }
    }

    public void Log(InternalLogLevel level, string format, params object[] arguments)
    {
        switch (level)
        {
            case InternalLogLevel.TRACE:
                Trace(format, arguments);
                break;
            case InternalLogLevel.DEBUG:
                Debug(format, arguments);
                break;
            case InternalLogLevel.INFO:
                Info(format, arguments);
                break;
            case InternalLogLevel.WARN:
                Warn(format, arguments);
                break;
            case InternalLogLevel.ERROR:
                Error(format, arguments);
                break;
            default:
                throw Unknown(level);
        }
    }

    public void Log(InternalLogLevel level, string msg, Exception cause)
    {
        switch (level)
        {
            case InternalLogLevel.TRACE:
                Trace(msg, cause);
                break;
            case InternalLogLevel.DEBUG:
                Debug(msg, cause);
                break;
            case InternalLogLevel.INFO:
                Info(msg, cause);
                break;
            case InternalLogLevel.WARN:
                Warn(msg, cause);
                break;
            case InternalLogLevel.ERROR:
                Error(msg, cause);
                break;
            default:
                throw Unknown(level);
        }
    }

    public void Log(InternalLogLevel level, Exception cause) => Log(level, UnexpectedException, cause);

    public override string ToString() => $"{GetType().Name}({Name})";

    private static ArgumentOutOfRangeException Unknown(InternalLogLevel level) =>
        new(nameof(level), level, "Not a log level.");
}
