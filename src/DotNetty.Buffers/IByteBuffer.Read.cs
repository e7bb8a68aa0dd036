#nullable disable
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Buffers;

public partial interface IByteBuffer
{
    /// <summary>Reads one byte; true when it is not 0.</summary>
    bool ReadBoolean();

    /// <summary>Reads one byte.</summary>
    byte ReadByte();

    /// <summary>Reads two bytes as a UTF-16 code unit.</summary>
    char ReadChar();

    /// <summary>Reads two bytes, signed.</summary>
    short ReadShort();

    /// <inheritdoc cref="ReadShort"/>
    short ReadShortLE();

    /// <summary>Reads two bytes, unsigned.</summary>
    ushort ReadUnsignedShort();

    /// <inheritdoc cref="ReadUnsignedShort"/>
    ushort ReadUnsignedShortLE();

    /// <summary>Reads three bytes, signed.</summary>
    int ReadMedium();

    /// <inheritdoc cref="ReadMedium"/>
    int ReadMediumLE();

    /// <summary>Reads three bytes, unsigned.</summary>
    int ReadUnsignedMedium();

    /// <inheritdoc cref="ReadUnsignedMedium"/>
    int ReadUnsignedMediumLE();

    /// <summary>Reads four bytes, signed.</summary>
    int ReadInt();

    /// <inheritdoc cref="ReadInt"/>
    int ReadIntLE();

    /// <summary>Reads four bytes, unsigned.</summary>
    uint ReadUnsignedInt();

    /// <inheritdoc cref="ReadUnsignedInt"/>
    uint ReadUnsignedIntLE();

    /// <summary>Reads eight bytes, signed.</summary>
    long ReadLong();

    /// <inheritdoc cref="ReadLong"/>
    long ReadLongLE();

    /// <summary>Reads four bytes as an IEEE 754 number.</summary>
    float ReadFloat();

    /// <inheritdoc cref="ReadFloat"/>
    float ReadFloatLE();

    /// <summary>Reads eight bytes as an IEEE 754 number.</summary>
    double ReadDouble();

    /// <inheritdoc cref="ReadDouble"/>
    double ReadDoubleLE();

    /// <summary>Reads <paramref name="length"/> bytes into a new buffer.</summary>
    IByteBuffer ReadBytes(int length);

    /// <summary>Reads as many bytes as <paramref name="destination"/> has room for and moves its writer index.</summary>
    IByteBuffer ReadBytes(IByteBuffer destination);

    /// <summary>Reads <paramref name="length"/> bytes, appends them to <paramref name="destination"/> and moves its writer index.</summary>
    IByteBuffer ReadBytes(IByteBuffer destination, int length);

    /// <summary>Reads <paramref name="length"/> bytes into <paramref name="destination"/> at <paramref name="dstIndex"/>, whose indices stay.</summary>
    IByteBuffer ReadBytes(IByteBuffer destination, int dstIndex, int length);

    /// <summary>Fills the array.</summary>
    IByteBuffer ReadBytes(byte[] destination);

    /// <summary>Reads <paramref name="length"/> bytes into the array.</summary>
    IByteBuffer ReadBytes(byte[] destination, int dstIndex, int length);

    /// <summary>Reads <paramref name="length"/> bytes and writes them to the stream.</summary>
    IByteBuffer ReadBytes(Stream destination, int length);

    /// <summary>Reads <paramref name="length"/> bytes as a view that shares the reference count.</summary>
    IByteBuffer ReadSlice(int length);

    /// <summary>Reads <paramref name="length"/> bytes as a view that is an owner itself and has to be released.</summary>
    IByteBuffer ReadRetainedSlice(int length);

    /// <summary>Reads and decodes <paramref name="length"/> bytes.</summary>
    ICharSequence ReadCharSequence(int length, Encoding encoding);

    /// <summary>Reads and decodes <paramref name="length"/> bytes.</summary>
    string ReadString(int length, Encoding encoding);

    /// <summary>Moves the reader index on by <paramref name="length"/>.</summary>
    IByteBuffer SkipBytes(int length);
}
