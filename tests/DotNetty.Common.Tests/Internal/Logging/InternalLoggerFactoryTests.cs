using DotNetty.Common.Internal.Logging;
using EsockdNetty.TestSupport;
using Microsoft.Extensions.Logging;

namespace DotNetty.Common.Tests.Internal.Logging;

// The default factory is the process's: nothing else may run meanwhile.
[Collection(LeakCheckedCollection.Name)]
public sealed class InternalLoggerFactoryTests : IDisposable
{
    private readonly ILoggerFactory _factoryBefore = InternalLoggerFactory.DefaultFactory;
    private readonly RecordingFactory _factory = new();

    public void Dispose() => InternalLoggerFactory.DefaultFactory = _factoryBefore;

    [Fact]
    public void A_logger_given_out_before_follows_the_factory_set_later()
    {
        var logger = InternalLoggerFactory.GetInstance("early");
        Assert.False(logger.ErrorEnabled);
        logger.Error("into the void");

        InternalLoggerFactory.DefaultFactory = _factory;
        logger.Error("heard");

        Assert.Equal(("early", LogLevel.Error, "heard", null), Assert.Single(_factory.Entries));
    }

    [Theory]
    [InlineData(InternalLogLevel.TRACE, LogLevel.Trace)]
    [InlineData(InternalLogLevel.DEBUG, LogLevel.Debug)]
    [InlineData(InternalLogLevel.INFO, LogLevel.Information)]
    [InlineData(InternalLogLevel.WARN, LogLevel.Warning)]
    [InlineData(InternalLogLevel.ERROR, LogLevel.Error)]
    public void Logs_each_level_as_its_counterpart(InternalLogLevel level, LogLevel expected)
    {
        InternalLoggerFactory.DefaultFactory = _factory;
        var logger = InternalLoggerFactory.GetInstance<string>();
        var failure = new InvalidOperationException();

        logger.Log(level, "plain");
        logger.Log(level, "one {}", 1);
        logger.Log(level, "two {} {}", 1, 2);
        logger.Log(level, "three {} {} {}", 1, 2, 3);
        logger.Log(level, "failed", failure);
        logger.Log(level, failure);

        Assert.True(logger.IsEnabled(level));
        Assert.All(_factory.Entries, entry => Assert.Equal(("System.String", expected), (entry.Name, entry.Level)));
        Assert.Equal(["plain", "one 1", "two 1 2", "three 1 2 3", "failed"], _factory.Entries.Take(5).Select(entry => entry.Message));
        Assert.All(_factory.Entries.Skip(4), entry => Assert.Same(failure, entry.Exception));
        Assert.Equal(6, _factory.Entries.Count);
    }

    [Fact]
    public void Formats_nothing_when_the_level_is_off()
    {
        _factory.Least = LogLevel.Warning;
        InternalLoggerFactory.DefaultFactory = _factory;
        var logger = InternalLoggerFactory.GetInstance("quiet");

        logger.Info("{}", new Untouchable());
        logger.Info("{} {}", new Untouchable(), new Untouchable());
        logger.Info("{} {} {}", new Untouchable(), new Untouchable(), new Untouchable());

        Assert.Empty(_factory.Entries);
        Assert.False(Untouchable.Touched);
    }

    [Fact]
    public void A_factory_disposed_by_its_owner_is_silence_and_not_an_error()
    {
        _factory.Dispose();
        InternalLoggerFactory.DefaultFactory = _factory;

        InternalLoggerFactory.GetInstance("late").Error("lost");

        Assert.Empty(_factory.Entries);
    }

    [Fact]
    public void Refuses_to_have_no_factory() =>
        Assert.Throws<ArgumentNullException>(() => InternalLoggerFactory.DefaultFactory = null!);

    private sealed class Untouchable
    {
        public static bool Touched { get; private set; }

        public override string ToString()
        {
            Touched = true;
            return "touched";
        }
    }

    private sealed class RecordingFactory : ILoggerFactory
    {
        private bool _disposed;

        public List<(string Name, LogLevel Level, string Message, Exception? Exception)> Entries { get; } = [];

        public LogLevel Least { get; set; } = LogLevel.Trace;

        public ILogger CreateLogger(string categoryName)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new RecordingLogger(this, categoryName);
        }

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose() => _disposed = true;
    }

    private sealed class RecordingLogger(RecordingFactory factory, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= factory.Least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            factory.Entries.Add((name, logLevel, formatter(state, exception), exception));
    }
}
