#nullable disable
using Microsoft.Extensions.Logging;

namespace DotNetty.Common.Internal.Logging;

/// <summary>Gives out loggers that write to <see cref="DefaultEventSource"/>.</summary>
public sealed class EventSourceLoggerProvider : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new EventSourceLogger(categoryName);

    /// <summary>Nothing is held: the event source is the process's.</summary>
    public void Dispose()
    {
    }
}
