#nullable disable
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

public partial interface IByteBuffer
{
    /// <summary>Writes one byte, 1 or 0.</summary>
    IByteBuffer WriteBoolean(bool value);

    /// <summary>Writes the low 8 bits of <paramref name="value"/>.</summary>
    IByteBuffer WriteByte(int value);

    /// <summary>Writes a UTF-16 code unit as two bytes.</summary>
    IByteBuffer WriteChar(char value);

    /// <summary>Writes the low 16 bits of <paramref name="value"/>.</summary>
    IByteBuffer WriteShort(int value);

    /// <inheritdoc cref="WriteShort"/>
    IByteBuffer WriteShortLE(int value);

    /// <summary>Writes two bytes.</summary>
    IByteBuffer WriteUnsignedShort(ushort value);

    /// <inheritdoc cref="WriteUnsignedShort"/>
    IByteBuffer WriteUnsignedShortLE(ushort value);

    /// <summary>Writes the low 24 bits of <paramref name="value"/>.</summary>
    IByteBuffer WriteMedium(int value);

    /// <inheritdoc cref="WriteMedium"/>
    IByteBuffer WriteMediumLE(int value);

    /// <summary>Writes four bytes.</summary>
    IByteBuffer WriteInt(int value);

    /// <inheritdoc cref="WriteInt"/>
    IByteBuffer WriteIntLE(int value);

    /// <summary>Writes eight bytes.</summary>
    IByteBuffer WriteLong(long value);

    /// <inheritdoc cref="WriteLong"/>
    IByteBuffer WriteLongLE(long value);

    /// <summary>Writes an IEEE 754 number as four bytes.</summary>
    IByteBuffer WriteFloat(float value);

    /// <inheritdoc cref="WriteFloat"/>
    IByteBuffer WriteFloatLE(float value);

    /// <summary>Writes an IEEE 754 number as eight bytes.</summary>
    IByteBuffer WriteDouble(double value);

    /// <inheritdoc cref="WriteDouble"/>
    IByteBuffer WriteDoubleLE(double value);

    /// <summary>Writes all readable bytes of <paramref name="src"/> and moves its reader index.</summary>
    IByteBuffer WriteBytes(IByteBuffer src);

    /// <summary>Writes <paramref name="length"/> readable bytes of <paramref name="src"/> and moves its reader index.</summary>
    IByteBuffer WriteBytes(IByteBuffer src, int length);

    /// <summary>Writes <paramref name="length"/> bytes at <paramref name="srcIndex"/> of <paramref name="src"/>, whose indices stay.</summary>
    IByteBuffer WriteBytes(IByteBuffer src, int srcIndex, int length);

    /// <summary>Writes the whole array.</summary>
    IByteBuffer WriteBytes(byte[] src);

    /// <summary>Writes <paramref name="length"/> bytes of the array.</summary>
    IByteBuffer WriteBytes(byte[] src, int srcIndex, int length);

    /// <summary>Reads <paramref name="length"/> bytes, or fewer when it ends, from the stream and writes them here.</summary>
    Task WriteBytesAsync(Stream stream, int length);

    /// <inheritdoc cref="WriteBytesAsync(Stream, int)"/>
    Task WriteBytesAsync(Stream stream, int length, CancellationToken cancellationToken);

    /// <summary>Writes <paramref name="length"/> zero bytes.</summary>
    IByteBuffer WriteZero(int length);

    /// <summary>Writes encoded characters.</summary>
    /// <returns>The number of bytes written.</returns>
    int WriteCharSequence(ICharSequence sequence, Encoding encoding);

    /// <summary>Writes an encoded string.</summary>
    /// <returns>The number of bytes written.</returns>
    int WriteString(string value, Encoding encoding);
}
