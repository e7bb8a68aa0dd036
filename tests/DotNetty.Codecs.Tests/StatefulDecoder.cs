using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs.Tests;

/// <summary>A length below 32 in one byte, and as many bytes behind it, in two states.</summary>
internal sealed class StatefulDecoder() : ReplayingDecoder<int>(ReadsLength)
{
    public const int Longest = 31;

    private const int ReadsLength = -1;

    protected internal override void Decode(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        if (State == ReadsLength)
        {
            byte length = input.ReadByte();
            Checkpoint(length > Longest ? throw new CorruptedFrameException("too long") : length);
        }
        else if (input.IsReadable(State))
        {
            output.Add(input.ReadRetainedSlice(State));
            Checkpoint(ReadsLength);
        }
        else
        {
            RequestReplay();
        }
    }
}
