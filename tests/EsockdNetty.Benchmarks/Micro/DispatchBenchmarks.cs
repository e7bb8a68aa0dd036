using BenchmarkDotNet.Attributes;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace EsockdNetty.Benchmarks.Micro;

/// <summary>One message from one end of a pipeline to the other, past handlers that take part in the event or do not.</summary>
public class DispatchBenchmarks
{
    private const int Handlers = 5;

    private static readonly object Message = new();

    private readonly IChannelPipeline _passing = PipelineOf(static () => new PassingHandler());
    private readonly IChannelPipeline _skipped = PipelineOf(static () => new SkippedHandler());
    private readonly IChannelPipeline _empty = new EmbeddedChannel(new OutwardEnd(), new InwardEnd()).Pipeline;

    [Benchmark(Baseline = true)]
    public void ReadPastNone() => _empty.FireChannelRead(Message);

    [Benchmark]
    public void ReadThroughFive() => _passing.FireChannelRead(Message);

    [Benchmark]
    public void ReadPastFiveThatSkipIt() => _skipped.FireChannelRead(Message);

    [Benchmark]
    public void WriteThroughFive() => _passing.Write(Message);

    [Benchmark]
    public void WritePastFiveThatSkipIt() => _skipped.Write(Message);

    [Benchmark]
    public Task WriteWithPromiseThroughFive() => _passing.WriteAsync(Message);

    private static IChannelPipeline PipelineOf(Func<IChannelHandler> handler) => new EmbeddedChannel(
        [new OutwardEnd(), .. Enumerable.Range(0, Handlers).Select(_ => handler()), new InwardEnd()]).Pipeline;

    private sealed class SkippedHandler : ChannelHandlerAdapter;

    private sealed class PassingHandler : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message) => context.FireChannelRead(message);

        public override Task WriteAsync(IChannelHandlerContext context, object message) => context.WriteAsync(message);

        public override void Write(IChannelHandlerContext context, object message) => context.Write(message);
    }

    private sealed class InwardEnd : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
        }
    }

    private sealed class OutwardEnd : ChannelHandlerAdapter
    {
        public override Task WriteAsync(IChannelHandlerContext context, object message) => Task.CompletedTask;

        public override void Write(IChannelHandlerContext context, object message)
        {
        }
    }
}
