using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace EchoServer.Stats;

/// <summary>Writes messages above the table of <see cref="StatsDisplay"/>, which a line of anybody else's would tear. Whoever logs does not wait for the terminal.</summary>
internal sealed class TableLog : ILoggerProvider
{
    private const int MostWaiting = 1024;

    // A terminal that stands still (Ctrl+S) costs the oldest lines, neither memory nor a loop.
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly Task _writing;

    public TableLog(StatsDisplay display) => _writing = Task.Run(() => WriteAll(display));

    public ILogger CreateLogger(string categoryName) => new Lines(categoryName, _lines.Writer);

    /// <summary>Writes what waits.</summary>
    public void Dispose()
    {
        _lines.Writer.TryComplete();
        _writing.GetAwaiter().GetResult();
    }

    private async Task WriteAll(StatsDisplay display)
    {
        await foreach (string line in _lines.Reader.ReadAllAsync())
            display.WriteLine(line);
    }

    private sealed class Lines(string category, ChannelWriter<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.TryWrite(OneLine.Of($"{DateTime.Now:HH:mm:ss.fff} {logLevel}: {category}[{eventId.Id}] {formatter(state, exception)} {exception}".TrimEnd()));
    }
}
