using DotNetty.Common.Internal.Logging;
using EsockdNetty.TestSupport;
using Microsoft.Extensions.Logging;

namespace DotNetty.Common.Tests.Internal.Logging;

// The default factory is the process's: nothing else may run meanwhile.
[Collection(LeakCheckedCollection.Name)]
public sealed class ProviderLoggerFactoryTests : IDisposable
{
    private readonly ILoggerFactory _factoryBefore = InternalLoggerFactory.DefaultFactory;
    private readonly RecordingProvider _provider = new(LogLevel.Trace);

    public ProviderLoggerFactoryTests() => InternalLoggerFactory.DefaultFactory = new ProviderLoggerFactory();

    public void Dispose() => InternalLoggerFactory.DefaultFactory = _factoryBefore;

    [Fact]
    public void The_default_factory_is_one_that_takes_providers() => Assert.IsType<ProviderLoggerFactory>(_factoryBefore);

    [Fact]
    public void A_provider_added_to_the_default_factory_hears_loggers_given_out_before()
    {
        var logger = InternalLoggerFactory.GetInstance("early");
        logger.Error("into the void");

        InternalLoggerFactory.DefaultFactory.AddProvider(_provider);
        logger.Error("heard");

        Assert.Equal(["early Error heard"], _provider.Entries);
    }

    [Fact]
    public void Every_provider_hears_what_it_wants_to()
    {
        var alarms = new RecordingProvider(LogLevel.Error);
        InternalLoggerFactory.DefaultFactory.AddProvider(_provider);
        InternalLoggerFactory.DefaultFactory.AddProvider(alarms);

        var logger = InternalLoggerFactory.GetInstance("busy");
        logger.Info("all is well");
        logger.Error("nothing is well");

        Assert.Equal(["busy Information all is well", "busy Error nothing is well"], _provider.Entries);
        Assert.Equal(["busy Error nothing is well"], alarms.Entries);
    }

    [Fact]
    public void A_level_is_off_while_no_provider_wants_it()
    {
        var logger = InternalLoggerFactory.GetInstance("quiet");
        bool withoutProviders = logger.ErrorEnabled;

        InternalLoggerFactory.DefaultFactory.AddProvider(new RecordingProvider(LogLevel.Error));

        Assert.Equal((false, false, true), (withoutProviders, logger.WarnEnabled, logger.ErrorEnabled));
    }

    [Fact]
    public void Disposing_the_factory_disposes_its_providers_and_is_silence_after()
    {
        InternalLoggerFactory.DefaultFactory.AddProvider(_provider);
        var logger = InternalLoggerFactory.GetInstance("late");

        InternalLoggerFactory.DefaultFactory.Dispose();
        logger.Error("lost");

        Assert.True(_provider.Disposed);
        Assert.Empty(_provider.Entries);
    }

    private sealed class RecordingProvider(LogLevel least) : ILoggerProvider
    {
        public List<string> Entries { get; } = [];

        public bool Disposed { get; private set; }

        public bool Wants(LogLevel level) => level >= least;

        public ILogger CreateLogger(string categoryName) => new RecordingLogger(this, categoryName);

        public void Dispose() => Disposed = true;
    }

    private sealed class RecordingLogger(RecordingProvider provider, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => provider.Wants(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            provider.Entries.Add($"{name} {logLevel} {formatter(state, exception)}");
    }
}
