using BenchmarkDotNet.Attributes;
using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Codecs;

namespace EsockdNetty.Benchmarks.Micro;

/// <summary>A decoder at its place in a pipeline: from what a read brought to frames released. An operation is one frame.</summary>
public class DecoderBenchmarks : ArenaBenchmarks
{
    private const int MaxFrame = 1024 * 1024;

    private byte[] _packets = [];
    private byte[] _lines = [];
    private IChannelPipeline _packet2 = null!;
    private IChannelPipeline _line = null!;
    private IChannelPipeline _lengthField = null!;

    /// <summary>Whether each read ends in the middle of a frame.</summary>
    [Params(false, true)]
    public bool Cut { get; set; }

    [Benchmark(OperationsPerInvoke = ReceivedFrames.Count)]
    public void PacketDecoderOfPacket2() => Receive(_packet2, _packets);

    [Benchmark(OperationsPerInvoke = ReceivedFrames.Count)]
    public void PacketDecoderOfLines() => Receive(_line, _lines);

    [Benchmark(OperationsPerInvoke = ReceivedFrames.Count)]
    public void LengthFieldBasedFrameDecoder() => Receive(_lengthField, _packets);

    protected override void Prepare()
    {
        _packets = ReceivedFrames.Packet2(Cut);
        _lines = ReceivedFrames.Lines(Cut);
        _packet2 = PipelineOf(new PacketDecoder(PacketType.Two), _packets);
        _line = PipelineOf(new PacketDecoder(PacketType.Line), _lines);
        _lengthField = PipelineOf(new LengthFieldBasedFrameDecoder(MaxFrame, 0, sizeof(ushort), 0, sizeof(ushort)), _packets);
    }

    // The channel only carries the pipeline: what is measured enters at its head.
    private IChannelPipeline PipelineOf(IChannelHandler decoder, byte[] read)
    {
        IChannelPipeline pipeline = new EmbeddedChannel(decoder, new DiscardHandler()).Pipeline;
        if (Cut)
            Receive(pipeline, ReceivedFrames.Beginning(read, Cut));
        return pipeline;
    }

    private static void Receive(IChannelPipeline pipeline, byte[] bytes)
    {
        IByteBuffer received = Allocator.Buffer(bytes.Length).WriteBytes(bytes);
        pipeline.FireChannelRead(received);
        pipeline.FireChannelReadComplete();
    }
}
