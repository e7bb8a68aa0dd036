namespace DotNetty.Buffers.Tests;

public sealed class NumbersTests
{
    private const int Capacity = 32;
    private const long Pattern = unchecked((long)0xF1E2D3C4B5A69788);

    public static TheoryData<BufferKind> Kinds => BufferKinds.All;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Numbers_read_as_they_were_set_at_every_index(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, Capacity);

        for (var i = 0; i <= Capacity - 8; i++)
        {
            var value = Pattern + i;
            Assert.Equal((byte)value, buffer.SetByte(i, (int)value).GetByte(i));
            Assert.Equal((short)value, buffer.SetShort(i, (short)value).GetShort(i));
            Assert.Equal((short)value, buffer.SetShortLE(i, (short)value).GetShortLE(i));
            Assert.Equal((ushort)value, buffer.SetUnsignedShort(i, (ushort)value).GetUnsignedShort(i));
            Assert.Equal((ushort)value, buffer.SetUnsignedShortLE(i, (ushort)value).GetUnsignedShortLE(i));
            Assert.Equal((int)value & 0xFFFFFF, buffer.SetMedium(i, (int)value).GetUnsignedMedium(i));
            Assert.Equal((int)value & 0xFFFFFF, buffer.SetMediumLE(i, (int)value).GetUnsignedMediumLE(i));
            Assert.Equal((int)value, buffer.SetInt(i, (int)value).GetInt(i));
            Assert.Equal((int)value, buffer.SetIntLE(i, (int)value).GetIntLE(i));
            Assert.Equal((uint)value, buffer.SetUnsignedInt(i, (uint)value).GetUnsignedInt(i));
            Assert.Equal((uint)value, buffer.SetUnsignedIntLE(i, (uint)value).GetUnsignedIntLE(i));
            Assert.Equal(value, buffer.SetLong(i, value).GetLong(i));
            Assert.Equal(value, buffer.SetLongLE(i, value).GetLongLE(i));
            Assert.Equal((char)value, buffer.SetChar(i, (char)value).GetChar(i));
            Assert.Equal(1.5f + i, buffer.SetFloat(i, 1.5f + i).GetFloat(i));
            Assert.Equal(1.5f + i, buffer.SetFloatLE(i, 1.5f + i).GetFloatLE(i));
            Assert.Equal(-2.25 * i, buffer.SetDouble(i, -2.25 * i).GetDouble(i));
            Assert.Equal(-2.25 * i, buffer.SetDoubleLE(i, -2.25 * i).GetDoubleLE(i));
            Assert.Equal(i % 2 == 0, buffer.SetBoolean(i, i % 2 == 0).GetBoolean(i));
        }

        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Numbers_stand_most_significant_byte_first_unless_the_name_ends_in_LE(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 34);

        buffer.WriteShort(0x0102).WriteShortLE(0x0102).WriteMedium(0x010203).WriteMediumLE(0x010203);
        buffer.WriteInt(0x01020304).WriteIntLE(0x01020304).WriteLong(0x0102030405060708).WriteLongLE(0x0102030405060708);

        Assert.Equal("01020201010203030201010203040403020101020304050607080807060504030201", ByteBufferUtil.HexDump(buffer));
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Numbers_are_read_in_the_order_they_were_written(BufferKind kind)
    {
        var buffer = BufferKinds.New(kind, 80);

        buffer.WriteByte(0x1FE).WriteBoolean(true).WriteShort(-2).WriteShortLE(-3).WriteUnsignedShort(65000).WriteUnsignedShortLE(65001);
        buffer.WriteMedium(-4).WriteMediumLE(-5).WriteMedium(0xFFFFFE).WriteMediumLE(0xFFFFFD).WriteInt(-6).WriteIntLE(-7).WriteInt(-1).WriteIntLE(-1);
        buffer.WriteLong(-8).WriteLongLE(-9).WriteChar('€').WriteFloat(1.25f).WriteFloatLE(-1.25f).WriteDouble(Math.PI).WriteDoubleLE(Math.E);

        Assert.Equal(0xFE, buffer.ReadByte());
        Assert.True(buffer.ReadBoolean());
        Assert.Equal(-2, buffer.ReadShort());
        Assert.Equal(-3, buffer.ReadShortLE());
        Assert.Equal(65000, buffer.ReadUnsignedShort());
        Assert.Equal(65001, buffer.ReadUnsignedShortLE());
        Assert.Equal(-4, buffer.ReadMedium());
        Assert.Equal(-5, buffer.ReadMediumLE());
        Assert.Equal(0xFFFFFE, buffer.ReadUnsignedMedium());
        Assert.Equal(0xFFFFFD, buffer.ReadUnsignedMediumLE());
        Assert.Equal(-6, buffer.ReadInt());
        Assert.Equal(-7, buffer.ReadIntLE());
        Assert.Equal(uint.MaxValue, buffer.ReadUnsignedInt());
        Assert.Equal(uint.MaxValue, buffer.ReadUnsignedIntLE());
        Assert.Equal(-8, buffer.ReadLong());
        Assert.Equal(-9, buffer.ReadLongLE());
        Assert.Equal('€', buffer.ReadChar());
        Assert.Equal(1.25f, buffer.ReadFloat());
        Assert.Equal(-1.25f, buffer.ReadFloatLE());
        Assert.Equal(Math.PI, buffer.ReadDouble());
        Assert.Equal(Math.E, buffer.ReadDoubleLE());
        Assert.False(buffer.IsReadable());
        buffer.Release();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_medium_is_negative_when_its_highest_bit_is_set(BufferKind kind)
    {
        var buffer = BufferKinds.Of(kind, 0x80, 0, 0, 0, 0, 0x80);

        Assert.Equal(-0x800000, buffer.GetMedium(0));
        Assert.Equal(-0x800000, buffer.GetMediumLE(3));
        Assert.Equal(0x800000, buffer.GetUnsignedMedium(0));
        buffer.Release();
    }
}
