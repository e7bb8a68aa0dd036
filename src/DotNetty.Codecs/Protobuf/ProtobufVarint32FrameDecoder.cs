#nullable disable
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs.Protobuf;

/// <summary>
/// Cuts a stream into frames that stand behind their length as a varint of protocol buffers. A frame that is too long is skipped and raises
/// <see cref="TooLongFrameException"/>. Behind a length that is none, no frame can be found any more: it raises
/// <see cref="CorruptedFrameException"/> once, and everything after it is dropped.
/// </summary>
public sealed class ProtobufVarint32FrameDecoder : ByteToMessageDecoder
{
    /// <summary>The longest frame where none is given: 64 MiB, what the protocol buffers libraries long allowed.</summary>
    public const int DefaultMaxFrameLength = 64 * 1024 * 1024;

    private const int LongestVarint = 5;

    private readonly int _maxFrameLength;
    private int _toSkip;
    private bool _corrupted;

    /// <summary>For frames of up to <see cref="DefaultMaxFrameLength"/> bytes.</summary>
    public ProtobufVarint32FrameDecoder()
        : this(DefaultMaxFrameLength)
    {
    }

    /// <summary>For frames of up to <paramref name="maxFrameLength"/> bytes, their length not counted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public ProtobufVarint32FrameDecoder(int maxFrameLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxFrameLength);
        _maxFrameLength = maxFrameLength;
    }

    protected internal override void Decode(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        if (_corrupted)
        {
            input.SkipBytes(input.ReadableBytes);
            return;
        }

        if (_toSkip > 0)
        {
            Skip(input);
            return;
        }

        if (!TryReadLength(input, out int header, out uint length))
        {
            return;
        }

        if (length > _maxFrameLength)
        {
            RefuseTooLong(input, header, length);
        }

        if (input.ReadableBytes - header >= length)
        {
            output.Add(input.SkipBytes(header).ReadRetainedSlice((int)length));
        }
    }

    /// <summary>False: the length is not there whole.</summary>
    private bool TryReadLength(IByteBuffer input, out int header, out uint length)
    {
        ulong value = 0;
        int index = input.ReaderIndex;
        int present = Math.Min(input.ReadableBytes, LongestVarint);
        for (header = 0; header < present; header++)
        {
            byte part = input.GetByte(index + header);
            value |= (ulong)(part & 0x7F) << (7 * header);
            if (part < 0x80)
            {
                header++;
                length = value <= int.MaxValue ? (uint)value : throw Corrupted(input, $"A frame cannot have {value} bytes.");
                return true;
            }
        }

        length = 0;
        return header < LongestVarint ? false : throw Corrupted(input, $"A length has at most {LongestVarint} bytes.");
    }

    private void RefuseTooLong(IByteBuffer input, int header, uint length)
    {
        input.SkipBytes(header);
        _toSkip = (int)length;
        Skip(input);
        throw new TooLongFrameException($"A frame of {length} bytes exceeds the maximum of {_maxFrameLength}; it is skipped.");
    }

    private void Skip(IByteBuffer input)
    {
        int skipped = Math.Min(_toSkip, input.ReadableBytes);
        input.SkipBytes(skipped);
        _toSkip -= skipped;
    }

    private CorruptedFrameException Corrupted(IByteBuffer input, string why)
    {
        _corrupted = true;
        input.SkipBytes(input.ReadableBytes);
        return new CorruptedFrameException(why);
    }
}
