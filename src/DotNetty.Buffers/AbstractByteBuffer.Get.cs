#nullable disable

namespace DotNetty.Buffers;

public abstract partial class AbstractByteBuffer
{
    public virtual byte GetByte(int index)
    {
        CheckIndex(index, 1);
        return _GetByte(index);
    }

    protected internal abstract byte _GetByte(int index);

    public bool GetBoolean(int index) => GetByte(index) != 0;

    public virtual short GetShort(int index)
    {
        CheckIndex(index, 2);
        return _GetShort(index);
    }

    protected internal abstract short _GetShort(int index);

    public virtual short GetShortLE(int index)
    {
        CheckIndex(index, 2);
        return _GetShortLE(index);
    }

    protected internal abstract short _GetShortLE(int index);

    public virtual int GetInt(int index)
    {
        CheckIndex(index, 4);
        return _GetInt(index);
    }

    protected internal abstract int _GetInt(int index);

    public virtual int GetIntLE(int index)
    {
        CheckIndex(index, 4);
        return _GetIntLE(index);
    }

    protected internal abstract int _GetIntLE(int index);

    public virtual long GetLong(int index)
    {
        CheckIndex(index, 8);
        return _GetLong(index);
    }

    protected internal abstract long _GetLong(int index);

    public virtual long GetLongLE(int index)
    {
        CheckIndex(index, 8);
        return _GetLongLE(index);
    }

    protected internal abstract long _GetLongLE(int index);

    public virtual int GetUnsignedMedium(int index)
    {
        CheckIndex(index, 3);
        return _GetUnsignedMedium(index);
    }

    protected internal abstract int _GetUnsignedMedium(int index);

    public virtual int GetUnsignedMediumLE(int index)
    {
        CheckIndex(index, 3);
        return _GetUnsignedMediumLE(index);
    }

    protected internal abstract int _GetUnsignedMediumLE(int index);

    public virtual char GetChar(int index) => (char)GetShort(index);

    public ushort GetUnsignedShort(int index) => (ushort)GetShort(index);

    public uint GetUnsignedInt(int index) => (uint)GetInt(index);

    public int GetMedium(int index) => SignMedium(GetUnsignedMedium(index));

    public float GetFloat(int index) => BitConverter.Int32BitsToSingle(GetInt(index));

    public double GetDouble(int index) => BitConverter.Int64BitsToDouble(GetLong(index));

    public ushort GetUnsignedShortLE(int index) => (ushort)GetShortLE(index);

    public uint GetUnsignedIntLE(int index) => (uint)GetIntLE(index);

    public int GetMediumLE(int index) => SignMedium(GetUnsignedMediumLE(index));

    public float GetFloatLE(int index) => BitConverter.Int32BitsToSingle(GetIntLE(index));

    public double GetDoubleLE(int index) => BitConverter.Int64BitsToDouble(GetLongLE(index));

    public virtual IByteBuffer GetBytes(int index, byte[] destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return GetBytes(index, destination, 0, destination.Length);
    }

    public abstract IByteBuffer GetBytes(int index, byte[] destination, int dstIndex, int length);

    public virtual IByteBuffer GetBytes(int index, IByteBuffer destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return GetBytes(index, destination, destination.WritableBytes);
    }

    public virtual IByteBuffer GetBytes(int index, IByteBuffer destination, int length)
    {
        ArgumentNullException.ThrowIfNull(destination);
        GetBytes(index, destination, destination.WriterIndex, length);
        destination.SetWriterIndex(destination.WriterIndex + length);
        return this;
    }

    public abstract IByteBuffer GetBytes(int index, IByteBuffer destination, int dstIndex, int length);

    public abstract IByteBuffer GetBytes(int index, Stream destination, int length);

    /// <inheritdoc cref="IByteBuffer.GetBytes(int, Span{byte})"/>
    public virtual void GetBytes(int index, Span<byte> destination)
    {
        var copy = new byte[destination.Length];
        GetBytes(index, copy, 0, copy.Length);
        copy.CopyTo(destination);
    }

    private static int SignMedium(int value) => value << 8 >> 8;
}
