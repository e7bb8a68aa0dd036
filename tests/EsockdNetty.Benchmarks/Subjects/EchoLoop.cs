using System.Numerics;

namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>Reads and writes in turn, with the same buffers until the connection ends.</summary>
internal sealed class EchoLoop(Stream stream)
{
    private const int BufferSize = 16 * 1024;

    private byte[] _input = new byte[BufferSize];
    private byte[] _output = [];

    public Task RunAsync(Framing framing) => framing == Framing.Raw ? EchoBytesAsync() : EchoFramesAsync(new LengthPrefix(framing));

    private async Task EchoBytesAsync()
    {
        while (await stream.ReadAsync(_input) is > 0 and var count)
            await stream.WriteAsync(_input.AsMemory(0, count));
    }

    private async Task EchoFramesAsync(LengthPrefix prefix)
    {
        _output = new byte[BufferSize];
        int kept = 0;
        while (await stream.ReadAsync(_input.AsMemory(kept)) is > 0 and var count)
        {
            int end = kept + count;
            int whole = CopyFrames(prefix, _input.AsSpan(0, end), _output);
            if (whole > 0)
                await stream.WriteAsync(_output.AsMemory(0, whole));

            kept = end - whole;
            _input.AsSpan(whole, kept).CopyTo(_input);
            MakeRoom(prefix, kept);
        }
    }

    /// <summary>Takes the whole frames of the input one by one and builds them again. What is written is as long as what was read.</summary>
    private static int CopyFrames(LengthPrefix prefix, ReadOnlySpan<byte> input, Span<byte> output)
    {
        int at = 0;
        while (input.Length - at >= prefix.Size)
        {
            int body = at + prefix.Size;
            int length = prefix.Read(input[at..]);
            if (input.Length - body < length)
                break;

            prefix.Write(output[at..], length);
            input.Slice(body, length).CopyTo(output[body..]);
            at = body + length;
        }

        return at;
    }

    private void MakeRoom(LengthPrefix prefix, int kept)
    {
        int needed = kept < prefix.Size ? prefix.Size : prefix.Size + prefix.Read(_input);
        if (needed <= _input.Length)
            return;

        Array.Resize(ref _input, (int)BitOperations.RoundUpToPowerOf2((uint)needed));
        _output = new byte[_input.Length];
    }
}
