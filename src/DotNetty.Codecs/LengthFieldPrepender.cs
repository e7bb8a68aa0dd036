#nullable disable
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs;

/// <summary>Puts its length in front of each outgoing buffer. Both go down as one message, so that no stage below can send or drop the one without the other.</summary>
public class LengthFieldPrepender : MessageToMessageEncoder<IByteBuffer>
{
    /// <summary>Up to this length a message is copied behind its length: cheaper than a second piece of memory in the system call.</summary>
    private const int LongestCopied = 2048;

    private readonly ByteOrder _byteOrder;
    private readonly int _lengthFieldLength;
    private readonly int _lengthAdjustment;
    private readonly bool _includesItself;

    public LengthFieldPrepender(int lengthFieldLength)
        : this(lengthFieldLength, false)
    {
    }

    public LengthFieldPrepender(int lengthFieldLength, bool lengthFieldIncludesLengthFieldLength)
        : this(lengthFieldLength, 0, lengthFieldIncludesLengthFieldLength)
    {
    }

    public LengthFieldPrepender(int lengthFieldLength, int lengthAdjustment)
        : this(lengthFieldLength, lengthAdjustment, false)
    {
    }

    public LengthFieldPrepender(int lengthFieldLength, int lengthAdjustment, bool lengthFieldIncludesLengthFieldLength)
        : this(ByteOrder.BigEndian, lengthFieldLength, lengthAdjustment, lengthFieldIncludesLengthFieldLength)
    {
    }

    /// <param name="byteOrder">The order of the length field's bytes. Default: big-endian.</param>
    /// <param name="lengthFieldLength">Bytes of the length field: 1, 2, 3, 4 or 8.</param>
    /// <param name="lengthAdjustment">Added to the length before it is written. Default: 0.</param>
    /// <param name="lengthFieldIncludesLengthFieldLength">True when the field counts itself. Default: false.</param>
    /// <exception cref="ArgumentOutOfRangeException">The field's length is none of 1, 2, 3, 4 and 8.</exception>
    public LengthFieldPrepender(ByteOrder byteOrder, int lengthFieldLength, int lengthAdjustment, bool lengthFieldIncludesLengthFieldLength)
    {
        if (lengthFieldLength is not (1 or 2 or 3 or 4 or 8))
        {
            throw new ArgumentOutOfRangeException(nameof(lengthFieldLength), lengthFieldLength, "A length field has 1, 2, 3, 4 or 8 bytes.");
        }

        _byteOrder = byteOrder;
        _lengthFieldLength = lengthFieldLength;
        _lengthAdjustment = lengthAdjustment;
        _includesItself = lengthFieldIncludesLengthFieldLength;
    }

    protected internal override void Encode(IChannelHandlerContext context, IByteBuffer message, List<object> output)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        long length = Length(message);
        if (message.ReadableBytes <= LongestCopied)
        {
            Copy(context.Allocator, message, length, output);
        }
        else
        {
            Join(context.Allocator, message, length, output);
        }
    }

    private void Copy(IByteBufferAllocator allocator, IByteBuffer message, long length, List<object> output)
    {
        int readable = message.ReadableBytes;
        IByteBuffer framed = allocator.Buffer(_lengthFieldLength + readable);
        output.Add(framed);
        WriteLength(framed, length).WriteBytes(message, message.ReaderIndex, readable);
    }

    private void Join(IByteBufferAllocator allocator, IByteBuffer message, long length, List<object> output)
    {
        CompositeByteBuffer framed = allocator.CompositeBuffer(2);
        output.Add(framed);
        framed.AddComponent(true, WriteLength(allocator.Buffer(_lengthFieldLength), length));
        framed.AddComponent(true, (IByteBuffer)message.Retain());
    }

    private long Length(IByteBuffer message)
    {
        long length = (long)message.ReadableBytes + _lengthAdjustment + (_includesItself ? _lengthFieldLength : 0);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        long largest = _lengthFieldLength < 4 ? (1L << (8 * _lengthFieldLength)) - 1 : int.MaxValue;
        return length <= largest
            ? length
            : throw new ArgumentOutOfRangeException(nameof(message), length, $"The length does not fit into a field of {_lengthFieldLength} bytes.");
    }

    private IByteBuffer WriteLength(IByteBuffer field, long length)
    {
        bool big = _byteOrder == ByteOrder.BigEndian;
        return _lengthFieldLength switch
        {
            1 => field.WriteByte((byte)length),
            2 => big ? field.WriteUnsignedShort((ushort)length) : field.WriteUnsignedShortLE((ushort)length),
            3 => big ? field.WriteMedium((int)length) : field.WriteMediumLE((int)length),
            4 => big ? field.WriteInt((int)length) : field.WriteIntLE((int)length),
            _ => big ? field.WriteLong(length) : field.WriteLongLE(length),
        };
    }
}
