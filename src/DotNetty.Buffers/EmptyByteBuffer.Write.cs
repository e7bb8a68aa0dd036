#nullable disable
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

public sealed partial class EmptyByteBuffer
{
    public IByteBuffer WriteBoolean(bool value) => throw Outside();

    public IByteBuffer WriteByte(int value) => throw Outside();

    public IByteBuffer WriteBytes(IByteBuffer src) => Only(0, ReadableOf(src));

    public IByteBuffer WriteBytes(IByteBuffer src, int length) => Only(0, length);

    public IByteBuffer WriteBytes(IByteBuffer src, int srcIndex, int length) => Only(0, length);

    public IByteBuffer WriteBytes(byte[] src) => Only(0, LengthOf(src));

    public IByteBuffer WriteBytes(byte[] src, int srcIndex, int length) => Only(0, length);

    public IByteBuffer WriteChar(char value) => throw Outside();

    public IByteBuffer WriteDouble(double value) => throw Outside();

    public IByteBuffer WriteDoubleLE(double value) => throw Outside();

    public IByteBuffer WriteFloat(float value) => throw Outside();

    public IByteBuffer WriteFloatLE(float value) => throw Outside();

    public IByteBuffer WriteInt(int value) => throw Outside();

    public IByteBuffer WriteIntLE(int value) => throw Outside();

    public IByteBuffer WriteLong(long value) => throw Outside();

    public IByteBuffer WriteLongLE(long value) => throw Outside();

    public IByteBuffer WriteMedium(int value) => throw Outside();

    public IByteBuffer WriteMediumLE(int value) => throw Outside();

    public IByteBuffer WriteShort(int value) => throw Outside();

    public IByteBuffer WriteShortLE(int value) => throw Outside();

    public IByteBuffer WriteUnsignedInt(uint value) => throw Outside();

    public IByteBuffer WriteUnsignedIntLE(uint value) => throw Outside();

    public IByteBuffer WriteUnsignedMedium(int value) => throw Outside();

    public IByteBuffer WriteUnsignedMediumLE(int value) => throw Outside();

    public IByteBuffer WriteUnsignedShort(ushort value) => throw Outside();

    public IByteBuffer WriteUnsignedShortLE(ushort value) => throw Outside();

    public IByteBuffer WriteZero(int length) => Only(0, length);

    public Task WriteBytesAsync(Stream stream, int length) => Only(0, length) == this ? Task.CompletedTask : null;

    public Task WriteBytesAsync(Stream stream, int length, CancellationToken cancellationToken) => Only(0, length) == this ? Task.CompletedTask : null;

    public int WriteCharSequence(ICharSequence sequence, Encoding encoding) => Encoded(0, sequence?.ToString(), encoding);

    public int WriteString(string value, Encoding encoding) => Encoded(0, value, encoding);
}
