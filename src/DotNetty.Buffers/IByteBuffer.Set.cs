#nullable disable
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

public partial interface IByteBuffer
{
    /// <summary>Sets one byte to 1 or 0.</summary>
    IByteBuffer SetBoolean(int index, bool value);

    /// <summary>Sets one byte to the low 8 bits of <paramref name="value"/>.</summary>
    IByteBuffer SetByte(int index, int value);

    /// <summary>Sets two bytes to a UTF-16 code unit.</summary>
    IByteBuffer SetChar(int index, char value);

    /// <summary>Sets two bytes to the low 16 bits of <paramref name="value"/>.</summary>
    IByteBuffer SetShort(int index, int value);

    /// <inheritdoc cref="SetShort"/>
    IByteBuffer SetShortLE(int index, int value);

    /// <summary>Sets two bytes.</summary>
    IByteBuffer SetUnsignedShort(int index, ushort value);

    /// <inheritdoc cref="SetUnsignedShort"/>
    IByteBuffer SetUnsignedShortLE(int index, ushort value);

    /// <summary>Sets three bytes to the low 24 bits of <paramref name="value"/>.</summary>
    IByteBuffer SetMedium(int index, int value);

    /// <inheritdoc cref="SetMedium"/>
    IByteBuffer SetMediumLE(int index, int value);

    /// <summary>Sets four bytes.</summary>
    IByteBuffer SetInt(int index, int value);

    /// <inheritdoc cref="SetInt"/>
    IByteBuffer SetIntLE(int index, int value);

    /// <summary>Sets four bytes.</summary>
    IByteBuffer SetUnsignedInt(int index, uint value);

    /// <inheritdoc cref="SetUnsignedInt"/>
    IByteBuffer SetUnsignedIntLE(int index, uint value);

    /// <summary>Sets eight bytes.</summary>
    IByteBuffer SetLong(int index, long value);

    /// <inheritdoc cref="SetLong"/>
    IByteBuffer SetLongLE(int index, long value);

    /// <summary>Sets four bytes to an IEEE 754 number.</summary>
    IByteBuffer SetFloat(int index, float value);

    /// <inheritdoc cref="SetFloat"/>
    IByteBuffer SetFloatLE(int index, float value);

    /// <summary>Sets eight bytes to an IEEE 754 number.</summary>
    IByteBuffer SetDouble(int index, double value);

    /// <inheritdoc cref="SetDouble"/>
    IByteBuffer SetDoubleLE(int index, double value);

    /// <summary>Copies all readable bytes of <paramref name="src"/> here and moves its reader index.</summary>
    IByteBuffer SetBytes(int index, IByteBuffer src);

    /// <summary>Copies <paramref name="length"/> readable bytes of <paramref name="src"/> here and moves its reader index.</summary>
    IByteBuffer SetBytes(int index, IByteBuffer src, int length);

    /// <summary>Copies <paramref name="length"/> bytes at <paramref name="srcIndex"/> of <paramref name="src"/> here and moves no index.</summary>
    IByteBuffer SetBytes(int index, IByteBuffer src, int srcIndex, int length);

    /// <summary>Copies the whole array here.</summary>
    IByteBuffer SetBytes(int index, byte[] src);

    /// <summary>Copies <paramref name="length"/> bytes of the array here.</summary>
    IByteBuffer SetBytes(int index, byte[] src, int srcIndex, int length);

    /// <summary>Reads from <paramref name="src"/> until <paramref name="length"/> bytes are here or the stream ends.</summary>
    /// <returns>The number of bytes read.</returns>
    Task<int> SetBytesAsync(int index, Stream src, int length, CancellationToken cancellationToken);

    /// <summary>Sets <paramref name="length"/> bytes to 0.</summary>
    IByteBuffer SetZero(int index, int length);

    /// <summary>Encodes <paramref name="sequence"/> into the bytes at <paramref name="index"/>.</summary>
    /// <returns>The number of bytes written.</returns>
    int SetCharSequence(int index, ICharSequence sequence, Encoding encoding);

    /// <summary>Encodes <paramref name="value"/> into the bytes at <paramref name="index"/>.</summary>
    /// <returns>The number of bytes written.</returns>
    int SetString(int index, string value, Encoding encoding);
}
