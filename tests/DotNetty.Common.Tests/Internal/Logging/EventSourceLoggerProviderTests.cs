using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using DotNetty.Common.Internal.Logging;
using Microsoft.Extensions.Logging;

namespace DotNetty.Common.Tests.Internal.Logging;

public sealed class EventSourceLoggerProviderTests : IDisposable
{
    private readonly EventSourceLoggerProvider _provider = new();
    private readonly Listener _listener = new();
    private readonly string _category = Guid.NewGuid().ToString();
    private readonly ILogger _logger;

    public EventSourceLoggerProviderTests() => _logger = _provider.CreateLogger(_category);

    public void Dispose()
    {
        _listener.Dispose();
        _provider.Dispose();
    }

    [Fact]
    public void Its_source_has_no_faults()
    {
        Assert.Null(DefaultEventSource.Log.ConstructionException);
        Assert.NotEmpty(EventSource.GenerateManifest(typeof(DefaultEventSource), null, EventManifestOptions.Strict)!);
    }

    [Theory]
    [InlineData(LogLevel.Trace, "Trace", EventLevel.Verbose)]
    [InlineData(LogLevel.Debug, "Debug", EventLevel.Verbose)]
    [InlineData(LogLevel.Information, "Info", EventLevel.Informational)]
    [InlineData(LogLevel.Warning, "Warning", EventLevel.Warning)]
    [InlineData(LogLevel.Error, "Error", EventLevel.Error)]
    [InlineData(LogLevel.Critical, "Error", EventLevel.Error)]
    public void Writes_an_event_of_the_level(LogLevel level, string name, EventLevel eventLevel)
    {
        var fault = new InvalidOperationException("why");
        _listener.EnableEvents(DefaultEventSource.Log, EventLevel.Verbose, EventKeywords.All);

        _logger.Log(level, default, "what happened", fault, (state, _) => state);

        var written = Assert.Single(Written());
        Assert.Equal(name, written.EventName);
        Assert.Equal(eventLevel, written.Level);
        Assert.Equal("what happened", written.Payload![1]);
        Assert.Contains("why", (string)written.Payload[2]!);
    }

    [Fact]
    public void Tells_trace_from_debug_by_keyword()
    {
        _listener.EnableEvents(DefaultEventSource.Log, EventLevel.Verbose, DefaultEventSource.Keywords.DebugEventKeyword);

        Assert.True(_logger.IsEnabled(LogLevel.Debug));
        Assert.False(_logger.IsEnabled(LogLevel.Trace));
        Assert.True(_logger.IsEnabled(LogLevel.Information));
    }

    [Fact]
    public void Formats_nothing_that_nobody_listens_to()
    {
        _listener.EnableEvents(DefaultEventSource.Log, EventLevel.Warning);

        _logger.Log(LogLevel.Information, default, "unheard", null, (_, _) => throw new InvalidOperationException("formatted"));

        Assert.Empty(Written());
    }

    [Fact]
    public void Writes_a_message_without_an_exception()
    {
        _listener.EnableEvents(DefaultEventSource.Log, EventLevel.Verbose, EventKeywords.All);

        DefaultEventSource.Log.Warning(_category, "plain");

        Assert.Equal([_category, "plain", string.Empty], Assert.Single(Written()).Payload!);
    }

    private IEnumerable<EventWrittenEventArgs> Written() => _listener.Events.Where(e => e.Payload is { Count: 3 } payload && payload[0] as string == _category);

    private sealed class Listener : EventListener
    {
        public ConcurrentQueue<EventWrittenEventArgs> Events { get; } = new();

        protected override void OnEventWritten(EventWrittenEventArgs eventData) => Events.Enqueue(eventData);
    }
}
