#nullable disable
namespace DotNetty.Buffers;

internal sealed partial class DerivedView
{
    protected internal override byte _GetByte(int index) => _parent.GetByte(_shift + index);

    protected internal override short _GetShort(int index) => _parent.GetShort(_shift + index);

    protected internal override short _GetShortLE(int index) => _parent.GetShortLE(_shift + index);

    protected internal override int _GetUnsignedMedium(int index) => _parent.GetUnsignedMedium(_shift + index);

    protected internal override int _GetUnsignedMediumLE(int index) => _parent.GetUnsignedMediumLE(_shift + index);

    protected internal override int _GetInt(int index) => _parent.GetInt(_shift + index);

    protected internal override int _GetIntLE(int index) => _parent.GetIntLE(_shift + index);

    protected internal override long _GetLong(int index) => _parent.GetLong(_shift + index);

    protected internal override long _GetLongLE(int index) => _parent.GetLongLE(_shift + index);

    protected internal override void _SetByte(int index, int value) => _parent.SetByte(_shift + index, value);

    protected internal override void _SetShort(int index, int value) => _parent.SetShort(_shift + index, value);

    protected internal override void _SetShortLE(int index, int value) => _parent.SetShortLE(_shift + index, value);

    protected internal override void _SetMedium(int index, int value) => _parent.SetMedium(_shift + index, value);

    protected internal override void _SetMediumLE(int index, int value) => _parent.SetMediumLE(_shift + index, value);

    protected internal override void _SetInt(int index, int value) => _parent.SetInt(_shift + index, value);

    protected internal override void _SetIntLE(int index, int value) => _parent.SetIntLE(_shift + index, value);

    protected internal override void _SetLong(int index, long value) => _parent.SetLong(_shift + index, value);

    protected internal override void _SetLongLE(int index, long value) => _parent.SetLongLE(_shift + index, value);
}
