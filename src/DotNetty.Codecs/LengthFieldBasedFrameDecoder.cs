#nullable disable
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs;

/// <summary>
/// Cuts a stream into frames by a length that stands in each. A frame is
/// <c>[offset bytes][length field][length + adjustment bytes]</c>, of which the first bytes can be stripped.
/// </summary>
public class LengthFieldBasedFrameDecoder : ByteToMessageDecoder
{
    private readonly ByteOrder _byteOrder;
    private readonly int _maxFrameLength;
    private readonly int _lengthFieldOffset;
    private readonly int _lengthFieldLength;
    private readonly int _lengthFieldEnd;
    private readonly int _lengthAdjustment;
    private readonly int _initialBytesToStrip;
    private readonly bool _failFast;
    private long _tooLong;
    private long _toDiscard;

    public LengthFieldBasedFrameDecoder(int maxFrameLength, int lengthFieldOffset, int lengthFieldLength)
        : this(maxFrameLength, lengthFieldOffset, lengthFieldLength, 0, 0)
    {
    }

    public LengthFieldBasedFrameDecoder(int maxFrameLength, int lengthFieldOffset, int lengthFieldLength, int lengthAdjustment, int initialBytesToStrip)
        : this(maxFrameLength, lengthFieldOffset, lengthFieldLength, lengthAdjustment, initialBytesToStrip, true)
    {
    }

    public LengthFieldBasedFrameDecoder(int maxFrameLength, int lengthFieldOffset, int lengthFieldLength, int lengthAdjustment, int initialBytesToStrip, bool failFast)
        : this(ByteOrder.BigEndian, maxFrameLength, lengthFieldOffset, lengthFieldLength, lengthAdjustment, initialBytesToStrip, failFast)
    {
    }

    /// <param name="byteOrder">The order of the length field's bytes. Default: big-endian.</param>
    /// <param name="maxFrameLength">The longest frame in bytes, before stripping. A longer one is skipped and raises <see cref="TooLongFrameException"/>.</param>
    /// <param name="lengthFieldOffset">Bytes before the length field.</param>
    /// <param name="lengthFieldLength">Bytes of the length field: 1, 2, 3, 4 or 8.</param>
    /// <param name="lengthAdjustment">Added to the length to make it the number of bytes behind the field. Default: 0.</param>
    /// <param name="initialBytesToStrip">Bytes cut off each frame's front. Default: 0.</param>
    /// <param name="failFast">True to raise the exception when the length is read, false when the frame has been skipped. Default: true.</param>
    /// <exception cref="ArgumentOutOfRangeException">A maximum or field length below 1, a negative offset or strip, or a field beyond the maximum.</exception>
    public LengthFieldBasedFrameDecoder(ByteOrder byteOrder, int maxFrameLength, int lengthFieldOffset, int lengthFieldLength, int lengthAdjustment, int initialBytesToStrip, bool failFast)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxFrameLength);
        ArgumentOutOfRangeException.ThrowIfNegative(lengthFieldOffset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lengthFieldLength);
        ArgumentOutOfRangeException.ThrowIfNegative(initialBytesToStrip);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lengthFieldOffset, maxFrameLength - lengthFieldLength);
        _byteOrder = byteOrder;
        _maxFrameLength = maxFrameLength;
        _lengthFieldOffset = lengthFieldOffset;
        _lengthFieldLength = lengthFieldLength;
        _lengthFieldEnd = lengthFieldOffset + lengthFieldLength;
        _lengthAdjustment = lengthAdjustment;
        _initialBytesToStrip = initialBytesToStrip;
        _failFast = failFast;
    }

    protected internal override void Decode(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        object frame = Decode(context, input);
        if (frame is not null)
        {
            output.Add(frame);
        }
    }

    /// <returns>The next frame, or null where it is not there whole.</returns>
    protected virtual object Decode(IChannelHandlerContext context, IByteBuffer input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (_toDiscard > 0)
        {
            Discard(input);
        }

        if (input.ReadableBytes < _lengthFieldEnd)
        {
            return null;
        }

        long frameLength = FrameLength(input);
        if (frameLength > _maxFrameLength)
        {
            SkipTooLong(input, frameLength);
            return null;
        }

        return input.ReadableBytes < frameLength ? null : Extract(context, input, (int)frameLength);
    }

    /// <summary>The length as it stands in the field. Override for fields that are no plain unsigned number; a negative result is a corrupted frame.</summary>
    /// <exception cref="DecoderException">The field's length is none of 1, 2, 3, 4 and 8.</exception>
    protected virtual long GetUnadjustedFrameLength(IByteBuffer buffer, int offset, int length, ByteOrder order)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        bool big = order == ByteOrder.BigEndian;
        return length switch
        {
            1 => buffer.GetByte(offset),
            2 => big ? buffer.GetUnsignedShort(offset) : buffer.GetUnsignedShortLE(offset),
            3 => big ? buffer.GetUnsignedMedium(offset) : buffer.GetUnsignedMediumLE(offset),
            4 => big ? buffer.GetUnsignedInt(offset) : buffer.GetUnsignedIntLE(offset),
            8 => big ? buffer.GetLong(offset) : buffer.GetLongLE(offset),
            _ => throw new DecoderException($"A length field has 1, 2, 3, 4 or 8 bytes, not {length}."),
        };
    }

    /// <summary>Makes a frame of a part of what came. Default: a retained slice.</summary>
    protected virtual IByteBuffer ExtractFrame(IChannelHandlerContext context, IByteBuffer buffer, int index, int length)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return buffer.RetainedSlice(index, length);
    }

    private long FrameLength(IByteBuffer input)
    {
        long length = GetUnadjustedFrameLength(input, input.ReaderIndex + _lengthFieldOffset, _lengthFieldLength, _byteOrder);
        if (length < 0)
        {
            input.SkipBytes(_lengthFieldEnd);
            throw new CorruptedFrameException($"The length field holds {length}.");
        }

        // Near the end of its range the sum would turn negative, and so look corrupted rather than too long.
        long frameLength = length > long.MaxValue / 2 ? length : length + _lengthAdjustment + _lengthFieldEnd;
        if (frameLength < _lengthFieldEnd)
        {
            input.SkipBytes(_lengthFieldEnd);
            throw new CorruptedFrameException($"A frame of {frameLength} bytes would end before the end of its length field at {_lengthFieldEnd}.");
        }

        return frameLength;
    }

    private IByteBuffer Extract(IChannelHandlerContext context, IByteBuffer input, int frameLength)
    {
        if (_initialBytesToStrip > frameLength)
        {
            input.SkipBytes(frameLength);
            throw new CorruptedFrameException($"A frame of {frameLength} bytes is shorter than the {_initialBytesToStrip} to strip off its front.");
        }

        int index = input.ReaderIndex + _initialBytesToStrip;
        int length = frameLength - _initialBytesToStrip;
        IByteBuffer frame = ExtractFrame(context, input, index, length);
        input.SetReaderIndex(index + length);
        return frame;
    }

    private void SkipTooLong(IByteBuffer input, long frameLength)
    {
        _tooLong = frameLength;
        _toDiscard = frameLength;
        if (_failFast)
        {
            Skip(input);
            throw TooLong();
        }

        Discard(input);
    }

    private void Discard(IByteBuffer input)
    {
        Skip(input);
        if (_toDiscard == 0 && !_failFast)
        {
            throw TooLong();
        }
    }

    private void Skip(IByteBuffer input)
    {
        int skipped = (int)Math.Min(_toDiscard, input.ReadableBytes);
        input.SkipBytes(skipped);
        _toDiscard -= skipped;
    }

    private TooLongFrameException TooLong() =>
        new($"A frame of {_tooLong} bytes exceeds the maximum of {_maxFrameLength}; it was skipped.");
}
