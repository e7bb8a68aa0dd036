using BenchmarkDotNet.Attributes;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Codecs;

namespace EsockdNetty.Benchmarks.Micro;

/// <summary>An encoder at its place in a pipeline: 16 bodies written, then one flush. An operation is one body.</summary>
public class EncoderBenchmarks : ArenaBenchmarks
{
    private IChannelHandlerContext _packets = null!;
    private IChannelHandlerContext _prepended = null!;
    private IByteBuffer _body = null!;

    /// <summary>Bytes of a body: one that is copied behind its header, and one that is not.</summary>
    [Params(64, 4096)]
    public int Body { get; set; }

    [Benchmark(OperationsPerInvoke = ReceivedFrames.Count)]
    public void PacketEncoder() => Write(_packets);

    [Benchmark(OperationsPerInvoke = ReceivedFrames.Count)]
    public void PacketEncoderWithPromises() => WriteWithPromises(_packets);

    [Benchmark(OperationsPerInvoke = ReceivedFrames.Count)]
    public void LengthFieldPrepender() => Write(_prepended);

    protected override void Prepare()
    {
        _body = Allocator.Buffer(Body).SetWriterIndex(Body);
        _packets = LastOf(new PacketEncoder(PacketType.Two));
        _prepended = LastOf(new LengthFieldPrepender(sizeof(ushort)));
    }

    private static IChannelHandlerContext LastOf(IChannelHandler encoder)
    {
        IChannelPipeline pipeline = new EmbeddedChannel(new DiscardHandler(), encoder, new LastHandler()).Pipeline;
        return pipeline.Context<LastHandler>();
    }

    private void Write(IChannelHandlerContext last)
    {
        for (int i = 0; i < ReceivedFrames.Count; i++)
            last.Write(NextBody());
        last.Flush();
    }

    private void WriteWithPromises(IChannelHandlerContext last)
    {
        for (int i = 0; i < ReceivedFrames.Count; i++)
            _ = last.WriteAsync(NextBody());
        last.Flush();
    }

    private object NextBody() => _body.SetIndex(0, Body).Retain();

    private sealed class LastHandler : ChannelHandlerAdapter;
}
