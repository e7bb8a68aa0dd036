#nullable disable
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

public sealed partial class EmptyByteBuffer
{
    public IByteBuffer SetBoolean(int index, bool value) => throw Outside();

    public IByteBuffer SetByte(int index, int value) => throw Outside();

    public IByteBuffer SetBytes(int index, IByteBuffer src) => Only(index, ReadableOf(src));

    public IByteBuffer SetBytes(int index, IByteBuffer src, int length) => Only(index, length);

    public IByteBuffer SetBytes(int index, IByteBuffer src, int srcIndex, int length) => Only(index, length);

    public IByteBuffer SetBytes(int index, byte[] src) => Only(index, LengthOf(src));

    public IByteBuffer SetBytes(int index, byte[] src, int srcIndex, int length) => Only(index, length);

    public IByteBuffer SetChar(int index, char value) => throw Outside();

    public IByteBuffer SetDouble(int index, double value) => throw Outside();

    public IByteBuffer SetDoubleLE(int index, double value) => throw Outside();

    public IByteBuffer SetFloat(int index, float value) => throw Outside();

    public IByteBuffer SetFloatLE(int index, float value) => throw Outside();

    public IByteBuffer SetInt(int index, int value) => throw Outside();

    public IByteBuffer SetIntLE(int index, int value) => throw Outside();

    public IByteBuffer SetLong(int index, long value) => throw Outside();

    public IByteBuffer SetLongLE(int index, long value) => throw Outside();

    public IByteBuffer SetMedium(int index, int value) => throw Outside();

    public IByteBuffer SetMediumLE(int index, int value) => throw Outside();

    public IByteBuffer SetShort(int index, int value) => throw Outside();

    public IByteBuffer SetShortLE(int index, int value) => throw Outside();

    public IByteBuffer SetUnsignedInt(int index, uint value) => throw Outside();

    public IByteBuffer SetUnsignedIntLE(int index, uint value) => throw Outside();

    public IByteBuffer SetUnsignedShort(int index, ushort value) => throw Outside();

    public IByteBuffer SetUnsignedShortLE(int index, ushort value) => throw Outside();

    public IByteBuffer SetZero(int index, int length) => Only(index, length);

    public Task<int> SetBytesAsync(int index, Stream src, int length, CancellationToken cancellationToken) => Only(index, length) == this ? Task.FromResult(0) : null;

    public int SetCharSequence(int index, ICharSequence sequence, Encoding encoding) => Encoded(index, sequence?.ToString(), encoding);

    public int SetString(int index, string value, Encoding encoding) => Encoded(index, value, encoding);
}
