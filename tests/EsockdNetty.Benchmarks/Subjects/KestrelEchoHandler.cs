using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>Answers all that is there, then flushes once.</summary>
internal sealed class KestrelEchoHandler(Framing framing) : ConnectionHandler
{
    private readonly LengthPrefix? _prefix = framing == Framing.Raw ? null : new LengthPrefix(framing);

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        try
        {
            await EchoAsync(connection.Transport.Input, connection.Transport.Output);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            // The peer is gone, or was not welcome.
        }
    }

    private async Task EchoAsync(PipeReader input, PipeWriter output)
    {
        while (true)
        {
            ReadResult result = await input.ReadAsync();
            ReadOnlySequence<byte> rest = result.Buffer;
            Answer(ref rest, output);
            input.AdvanceTo(rest.Start, rest.End);
            await output.FlushAsync();
            if (result.IsCompleted)
                return;
        }
    }

    private void Answer(ref ReadOnlySequence<byte> input, PipeWriter output)
    {
        if (_prefix is null)
        {
            Copy(input, output);
            input = input.Slice(input.End);
        }
        else
        {
            AnswerFrames(_prefix, ref input, output);
        }
    }

    private static void AnswerFrames(LengthPrefix prefix, ref ReadOnlySequence<byte> input, PipeWriter output)
    {
        while (input.Length >= prefix.Size)
        {
            int length = ReadLength(prefix, input);
            if (input.Length - prefix.Size < length)
                return;

            prefix.Write(output.GetSpan(prefix.Size), length);
            output.Advance(prefix.Size);
            Copy(input.Slice(prefix.Size, length), output);
            input = input.Slice(prefix.Size + length);
        }
    }

    private static int ReadLength(LengthPrefix prefix, in ReadOnlySequence<byte> input)
    {
        if (input.FirstSpan.Length >= prefix.Size)
            return prefix.Read(input.FirstSpan);

        Span<byte> start = stackalloc byte[prefix.Size];
        input.Slice(0, prefix.Size).CopyTo(start);
        return prefix.Read(start);
    }

    private static void Copy(in ReadOnlySequence<byte> from, PipeWriter output)
    {
        foreach (ReadOnlyMemory<byte> piece in from)
            output.Write(piece.Span);
    }
}
