using Microsoft.Extensions.Logging;

namespace EchoServer.Stats;

/// <summary>Writes messages above the table of <see cref="StatsDisplay"/>, which a line of anybody else's would tear.</summary>
internal sealed class TableLog(StatsDisplay display) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Lines(categoryName, display);

    public void Dispose()
    {
    }

    private sealed class Lines(string category, StatsDisplay display) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            display.WriteLine(OneLine.Of($"{DateTime.Now:HH:mm:ss.fff} {logLevel}: {category}[{eventId.Id}] {formatter(state, exception)} {exception}".TrimEnd()));
    }
}
