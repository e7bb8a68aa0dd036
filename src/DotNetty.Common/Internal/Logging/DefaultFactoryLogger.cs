#nullable disable
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DotNetty.Common.Internal.Logging;

/// <summary>Logs through whatever factory is the default one at the moment of the call, so that a logger kept in a static field follows a factory set later.</summary>
internal sealed class DefaultFactoryLogger : AbstractInternalLogger
{
    private Binding _binding;

    public DefaultFactoryLogger(string name)
        : base(name)
    {
    }

    private ILogger Target
    {
        get
        {
            var factory = InternalLoggerFactory.DefaultFactory;
            var binding = Volatile.Read(ref _binding);
            if (binding is null || !ReferenceEquals(binding.Factory, factory))
            {
                binding = Bind(factory);
                Volatile.Write(ref _binding, binding);
            }

            return binding.Logger;
        }
    }

    public override bool TraceEnabled => Target.IsEnabled(LogLevel.Trace);

    public override void Trace(string msg) => Write(LogLevel.Trace, msg, default(Exception));

    public override void Trace(string format, object arg) => Write(LogLevel.Trace, format, arg);

    public override void Trace(string format, object argA, object argB) => Write(LogLevel.Trace, format, argA, argB);

    public override void Trace(string format, params object[] arguments) => Write(LogLevel.Trace, format, arguments);

    public override void Trace(string msg, Exception t) => Write(LogLevel.Trace, msg, t);

    public override bool DebugEnabled => Target.IsEnabled(LogLevel.Debug);

    public override void Debug(string msg) => Write(LogLevel.Debug, msg, default(Exception));

    public override void Debug(string format, object arg) => Write(LogLevel.Debug, format, arg);

    public override void Debug(string format, object argA, object argB) => Write(LogLevel.Debug, format, argA, argB);

    public override void Debug(string format, params object[] arguments) => Write(LogLevel.Debug, format, arguments);

    public override void Debug(string msg, Exception t) => Write(LogLevel.Debug, msg, t);

    public override bool InfoEnabled => Target.IsEnabled(LogLevel.Information);

    public override void Info(string msg) => Write(LogLevel.Information, msg, default(Exception));

    public override void Info(string format, object arg) => Write(LogLevel.Information, format, arg);

    public override void Info(string format, object argA, object argB) => Write(LogLevel.Information, format, argA, argB);

    public override void Info(string format, params object[] arguments) => Write(LogLevel.Information, format, arguments);

    public override void Info(string msg, Exception t) => Write(LogLevel.Information, msg, t);

    public override bool WarnEnabled => Target.IsEnabled(LogLevel.Warning);

    public override void Warn(string msg) => Write(LogLevel.Warning, msg, default(Exception));

    public override void Warn(string format, object arg) => Write(LogLevel.Warning, format, arg);

    public override void Warn(string format, object argA, object argB) => Write(LogLevel.Warning, format, argA, argB);

    public override void Warn(string format, params object[] arguments) => Write(LogLevel.Warning, format, arguments);

    public override void Warn(string msg, Exception t) => Write(LogLevel.Warning, msg, t);

    public override bool ErrorEnabled => Target.IsEnabled(LogLevel.Error);

    public override void Error(string msg) => Write(LogLevel.Error, msg, default(Exception));

    public override void Error(string format, object arg) => Write(LogLevel.Error, format, arg);

    public override void Error(string format, object argA, object argB) => Write(LogLevel.Error, format, argA, argB);

    public override void Error(string format, params object[] arguments) => Write(LogLevel.Error, format, arguments);

    public override void Error(string msg, Exception t) => Write(LogLevel.Error, msg, t);

    private Binding Bind(ILoggerFactory factory)
    {
        // An application that stops disposes its factory before the last loop has stopped; logging must not fail that loop.
        try
        {
            return new Binding(factory, factory.CreateLogger(Name));
        }
        catch (ObjectDisposedException)
        {
            return new Binding(factory, NullLogger.Instance);
        }
    }

    private void Write(LogLevel level, string format, object arg)
    {
        var target = Target;
        if (target.IsEnabled(level))
            Emit(target, level, MessageFormatter.Format(format, arg));
    }

    private void Write(LogLevel level, string format, object argA, object argB)
    {
        var target = Target;
        if (target.IsEnabled(level))
            Emit(target, level, MessageFormatter.Format(format, argA, argB));
    }

    private void Write(LogLevel level, string format, object[] arguments)
    {
        var target = Target;
        if (target.IsEnabled(level))
            Emit(target, level, MessageFormatter.ArrayFormat(format, arguments));
    }

    private void Write(LogLevel level, string message, Exception exception)
    {
        var target = Target;
        if (target.IsEnabled(level))
            Emit(target, level, new FormattingTuple(message, null, exception));
    }

    private static void Emit(ILogger target, LogLevel level, FormattingTuple entry) =>
        target.Log(level, default, entry.Message, entry.Exception, static (message, _) => message);

    private sealed record Binding(ILoggerFactory Factory, ILogger Logger);
}
