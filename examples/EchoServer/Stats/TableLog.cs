using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace EchoServer.Stats;

/// <summary>Writes messages above the table of <see cref="StatsDisplay"/>, which a line of anybody else's would tear. Whoever logs does not wait for the terminal.</summary>
internal sealed class TableLog : ILoggerProvider, IAsyncDisposable
{
    /// <summary>How long the end waits for a terminal that stands still.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const int MostWaiting = 1024;

    // A terminal that stands still (Ctrl+S) costs the oldest lines, neither memory nor a loop.
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly Task _writing;
    private readonly TimeProvider _time;

    public TableLog(Action<string> writeLine, TimeProvider time)
    {
        _time = time;
        _writing = Task.Run(() => WriteAll(writeLine));
    }

    public ILogger CreateLogger(string categoryName) => new Lines(categoryName, _lines.Writer);

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Writes what waits; what a terminal does not take within <see cref="Patience"/>, or not at all, is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing.WaitAsync(Patience, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WriteAll(Action<string> writeLine)
    {
        await foreach (string line in _lines.Reader.ReadAllAsync())
            writeLine(line);
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
