using System.Net;
using DotNetty.Buffers;
using DotNetty.Common.Internal.Logging;
using DotNetty.Handlers.Logging;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;
using Microsoft.Extensions.Logging;
using HandlerLevel = DotNetty.Handlers.Logging.LogLevel;
using Level = Microsoft.Extensions.Logging.LogLevel;

namespace DotNetty.Handlers.Tests.Logging;

// The default factory is the process's: nothing else may run meanwhile.
public sealed class LoggingHandlerTests : LeakFreeTests
{
    private readonly ILoggerFactory _factoryBefore = InternalLoggerFactory.DefaultFactory;
    private readonly RecordingFactory _factory = new();

    public LoggingHandlerTests() => InternalLoggerFactory.DefaultFactory = _factory;

    public override void Dispose()
    {
        InternalLoggerFactory.DefaultFactory = _factoryBefore;
        _factory.Dispose();
        base.Dispose();
    }

    [Fact]
    public void Logs_the_life_of_a_channel()
    {
        var channel = new EmbeddedChannel(new LoggingHandler("wire"));

        channel.WriteInbound("in");
        channel.Finish();

        Assert.Equal(
            ["HANDLER_ADDED", "REGISTERED", "ACTIVE", "READ", "RECEIVED: in", "RECEIVED_COMPLETE", "READ", "CLOSE", "INACTIVE", "UNREGISTERED", "HANDLER_REMOVED"],
            Events());
    }

    [Fact]
    public void Logs_writes_with_and_without_a_promise()
    {
        var channel = new EmbeddedChannel(new LoggingHandler("wire"));
        _factory.Entries.Clear();

        channel.WriteAsync("promised");
        channel.Write("unpromised");
        channel.Flush();

        Assert.Equal(["WRITE: promised", "WRITE: unpromised", "FLUSH"], Events());
        Assert.Equal(["promised", "unpromised"], channel.OutboundMessages);
    }

    [Fact]
    public void Logs_operations_with_their_addresses()
    {
        var channel = new EmbeddedChannel(new LoggingHandler("wire"));
        var here = new IPEndPoint(IPAddress.Loopback, 1);
        var there = new IPEndPoint(IPAddress.Loopback, 2);
        _factory.Entries.Clear();

        channel.BindAsync(here);
        channel.ConnectAsync(there);
        channel.ConnectAsync(there, here);
        channel.DisconnectAsync();

        Assert.Equal(["BIND: 127.0.0.1:1", "CONNECT: 127.0.0.1:2", "CONNECT: 127.0.0.1:2, 127.0.0.1:1", "CLOSE"], Events().Take(4));
    }

    [Fact]
    public void Logs_events_exceptions_and_writability()
    {
        var fault = new InvalidOperationException("broken");
        var channel = new EmbeddedChannel(new LoggingHandler("wire"), new Swallows());
        _factory.Entries.Clear();

        channel.Pipeline.FireUserEventTriggered("event");
        channel.Pipeline.FireExceptionCaught(fault);
        channel.Unsafe.OutboundBuffer.SetUserDefinedWritability(1, false);

        Assert.Equal("USER_EVENT: event", Events()[0]);
        Assert.Contains("EXCEPTION: System.InvalidOperationException: broken", Events()[1], StringComparison.Ordinal);
        Assert.Same(fault, _factory.Entries[1].Exception);
        Assert.Equal("WRITABILITY: False", Events()[2]);
    }

    [Fact]
    public void Dumps_buffers_and_leaves_them_as_they_are()
    {
        var channel = new EmbeddedChannel(new LoggingHandler("wire"));
        IByteBuffer message = channel.Allocator.Buffer().WriteBytes("hello"u8.ToArray());

        channel.WriteInbound(message);

        string entry = Assert.Single(Events(), static entry => entry.StartsWith("RECEIVED, 5B", StringComparison.Ordinal));
        Assert.Contains("68 65 6c 6c 6f", entry, StringComparison.Ordinal);
        Assert.Equal((5, 1), (message.ReadableBytes, message.ReferenceCount));
        channel.FinishAndReleaseAll();
    }

    [Fact]
    public void An_empty_buffer_has_no_dump()
    {
        var channel = new EmbeddedChannel(new LoggingHandler("wire"));

        channel.WriteInbound(Unpooled.Empty);

        Assert.Contains("RECEIVED, 0B", Events());
    }

    [Theory]
    [InlineData(HandlerLevel.TRACE, Level.Trace)]
    [InlineData(HandlerLevel.DEBUG, Level.Debug)]
    [InlineData(HandlerLevel.INFO, Level.Information)]
    [InlineData(HandlerLevel.WARN, Level.Warning)]
    [InlineData(HandlerLevel.ERROR, Level.Error)]
    public void Logs_at_its_level(HandlerLevel level, Level expected)
    {
        var handler = new LoggingHandler(typeof(LoggingHandlerTests), level);

        _ = new EmbeddedChannel(handler);

        Assert.Equal(level, handler.Level);
        Assert.NotEmpty(_factory.Entries);
        Assert.All(_factory.Entries, entry => Assert.Equal((typeof(LoggingHandlerTests).FullName, expected), (entry.Name, entry.Level)));
    }

    [Fact]
    public void Formats_nothing_when_its_level_is_off()
    {
        _factory.Least = Level.Information;
        var handler = new CountsFormats();
        var channel = new EmbeddedChannel(handler);

        channel.WriteInbound("in");
        channel.WriteOutbound("out");
        channel.Finish();

        Assert.Equal(0, handler.Formats);
        Assert.Empty(_factory.Entries);
    }

    [Fact]
    public void One_handler_serves_many_channels()
    {
        var handler = new LoggingHandler();

        _ = new EmbeddedChannel(handler);
        _ = new EmbeddedChannel(handler);

        Assert.Equal(2, Events().Count(static entry => entry == "ACTIVE"));
    }

    // Behind the channel's own text.
    private string[] Events() => [.. _factory.Entries.Select(static entry => entry.Message[(entry.Message.IndexOf("] ", StringComparison.Ordinal) + 2)..])];

    private sealed class CountsFormats : LoggingHandler
    {
        public int Formats { get; private set; }

        protected override string Format(IChannelHandlerContext ctx, string eventName) => Count(base.Format(ctx, eventName));

        protected override string Format(IChannelHandlerContext ctx, string eventName, object arg) => Count(base.Format(ctx, eventName, arg));

        private string Count(string text)
        {
            Formats++;
            return text;
        }
    }

    private sealed class Swallows : ChannelHandlerAdapter
    {
        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
        {
        }
    }

    private sealed class RecordingFactory : ILoggerFactory
    {
        public List<(string Name, Level Level, string Message, Exception? Exception)> Entries { get; } = [];

        public Level Least { get; set; } = Level.Trace;

        public ILogger CreateLogger(string categoryName) => new RecordingLogger(this, categoryName);

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class RecordingLogger(RecordingFactory factory, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(Level logLevel) => logLevel >= factory.Least;

        public void Log<TState>(Level logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // The leak detector and the transport log, too.
            if (IsEnabled(logLevel) && (name == "wire" || name.EndsWith(nameof(LoggingHandler), StringComparison.Ordinal) || name.EndsWith(nameof(LoggingHandlerTests), StringComparison.Ordinal)))
            {
                factory.Entries.Add((name, logLevel, formatter(state, exception), exception));
            }
        }
    }
}
