using BenchmarkDotNet.Attributes;
using EsockdNetty.Codecs;

namespace EsockdNetty.Benchmarks.Micro;

/// <summary>Finding packets, without buffers and pipeline.</summary>
public class PacketParserBenchmarks
{
    private readonly PacketParser _two = new(PacketType.Two);
    private readonly PacketParser _line = new(PacketType.Line);
    private readonly byte[] _packets = ReceivedFrames.Packet2(cut: false);
    private readonly byte[] _lines = ReceivedFrames.Lines(cut: false);

    [Benchmark(OperationsPerInvoke = ReceivedFrames.Count)]
    public int Packet2() => ReadAll(_two, _packets);

    [Benchmark(OperationsPerInvoke = ReceivedFrames.Count)]
    public int Line() => ReadAll(_line, _lines);

    private static int ReadAll(PacketParser parser, byte[] bytes)
    {
        ReadOnlySpan<byte> input = bytes;
        int sum = 0;
        while (parser.TryRead(ref input, out ReadOnlySpan<byte> packet))
            sum += packet.Length;
        return sum;
    }
}
