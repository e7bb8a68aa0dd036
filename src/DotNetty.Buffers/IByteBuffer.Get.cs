#nullable disable
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

public partial interface IByteBuffer
{
    /// <summary>True when the byte at <paramref name="index"/> is not 0.</summary>
    bool GetBoolean(int index);

    /// <summary>The byte at <paramref name="index"/>.</summary>
    byte GetByte(int index);

    /// <summary>Two bytes at <paramref name="index"/> as a UTF-16 code unit.</summary>
    char GetChar(int index);

    /// <summary>Two bytes at <paramref name="index"/>, signed.</summary>
    short GetShort(int index);

    /// <inheritdoc cref="GetShort"/>
    short GetShortLE(int index);

    /// <summary>Two bytes at <paramref name="index"/>, unsigned.</summary>
    ushort GetUnsignedShort(int index);

    /// <inheritdoc cref="GetUnsignedShort"/>
    ushort GetUnsignedShortLE(int index);

    /// <summary>Three bytes at <paramref name="index"/>, signed.</summary>
    int GetMedium(int index);

    /// <inheritdoc cref="GetMedium"/>
    int GetMediumLE(int index);

    /// <summary>Three bytes at <paramref name="index"/>, unsigned.</summary>
    int GetUnsignedMedium(int index);

    /// <inheritdoc cref="GetUnsignedMedium"/>
    int GetUnsignedMediumLE(int index);

    /// <summary>Four bytes at <paramref name="index"/>, signed.</summary>
    int GetInt(int index);

    /// <inheritdoc cref="GetInt"/>
    int GetIntLE(int index);

    /// <summary>Four bytes at <paramref name="index"/>, unsigned.</summary>
    uint GetUnsignedInt(int index);

    /// <inheritdoc cref="GetUnsignedInt"/>
    uint GetUnsignedIntLE(int index);

    /// <summary>Eight bytes at <paramref name="index"/>, signed.</summary>
    long GetLong(int index);

    /// <inheritdoc cref="GetLong"/>
    long GetLongLE(int index);

    /// <summary>Four bytes at <paramref name="index"/> as an IEEE 754 number.</summary>
    float GetFloat(int index);

    /// <inheritdoc cref="GetFloat"/>
    float GetFloatLE(int index);

    /// <summary>Eight bytes at <paramref name="index"/> as an IEEE 754 number.</summary>
    double GetDouble(int index);

    /// <inheritdoc cref="GetDouble"/>
    double GetDoubleLE(int index);

    /// <summary>Fills what <paramref name="destination"/> has room for and moves its writer index.</summary>
    IByteBuffer GetBytes(int index, IByteBuffer destination);

    /// <summary>Appends <paramref name="length"/> bytes to <paramref name="destination"/> and moves its writer index.</summary>
    IByteBuffer GetBytes(int index, IByteBuffer destination, int length);

    /// <summary>Copies <paramref name="length"/> bytes to <paramref name="dstIndex"/> of <paramref name="destination"/> and moves no index.</summary>
    IByteBuffer GetBytes(int index, IByteBuffer destination, int dstIndex, int length);

    /// <summary>Fills <paramref name="destination"/> with the bytes from <paramref name="index"/> on.</summary>
    IByteBuffer GetBytes(int index, byte[] destination);

    /// <summary>Copies <paramref name="length"/> bytes into <paramref name="destination"/>.</summary>
    IByteBuffer GetBytes(int index, byte[] destination, int dstIndex, int length);

    /// <summary>Writes <paramref name="length"/> bytes to <paramref name="destination"/>.</summary>
    IByteBuffer GetBytes(int index, Stream destination, int length);

    /// <summary><paramref name="length"/> bytes decoded as characters.</summary>
    ICharSequence GetCharSequence(int index, int length, Encoding encoding);

    /// <summary><paramref name="length"/> bytes decoded as a string.</summary>
    string GetString(int index, int length, Encoding encoding);
}
