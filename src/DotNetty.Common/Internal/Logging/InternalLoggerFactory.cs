#nullable disable
using Microsoft.Extensions.Logging;

namespace DotNetty.Common.Internal.Logging;

/// <summary>Gives out the loggers of the runtime. They write to <see cref="DefaultFactory"/>, whichever it is when a message is logged.</summary>
public static class InternalLoggerFactory
{
    private static ILoggerFactory _defaultFactory = new ProviderLoggerFactory();

    /// <summary>Where the runtime logs to. May be set at any time and reaches loggers given out before. Default: a factory without providers; those added to it are heard.</summary>
    /// <exception cref="ArgumentNullException">Set to null.</exception>
    public static ILoggerFactory DefaultFactory
    {
        get => Volatile.Read(ref _defaultFactory);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Volatile.Write(ref _defaultFactory, value);
        }
    }

    /// <summary>A logger named as <typeparamref name="T"/> with its namespace.</summary>
    public static IInternalLogger GetInstance<T>() => GetInstance(typeof(T));

    /// <summary>A logger named as <paramref name="type"/> with its namespace.</summary>
    public static IInternalLogger GetInstance(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return GetInstance(type.FullName ?? type.Name);
    }

    public static IInternalLogger GetInstance(string name) => new DefaultFactoryLogger(name);
}
