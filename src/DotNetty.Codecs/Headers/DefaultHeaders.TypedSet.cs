#nullable disable
namespace DotNetty.Codecs;

/// <content>Values of other types, put in.</content>
public partial class DefaultHeaders<TKey, TValue>
{
    public IHeaders<TKey, TValue> AddBoolean(TKey name, bool value) => Add(name, ValueConverter.ConvertBoolean(value));

    public IHeaders<TKey, TValue> SetBoolean(TKey name, bool value) => Set(name, ValueConverter.ConvertBoolean(value));

    public bool ContainsBoolean(TKey name, bool value) => Contains(name, ValueConverter.ConvertBoolean(value));

    public IHeaders<TKey, TValue> AddByte(TKey name, byte value) => Add(name, ValueConverter.ConvertByte(value));

    public IHeaders<TKey, TValue> SetByte(TKey name, byte value) => Set(name, ValueConverter.ConvertByte(value));

    public bool ContainsByte(TKey name, byte value) => Contains(name, ValueConverter.ConvertByte(value));

    public IHeaders<TKey, TValue> AddChar(TKey name, char value) => Add(name, ValueConverter.ConvertChar(value));

    public IHeaders<TKey, TValue> SetChar(TKey name, char value) => Set(name, ValueConverter.ConvertChar(value));

    public bool ContainsChar(TKey name, char value) => Contains(name, ValueConverter.ConvertChar(value));

    public IHeaders<TKey, TValue> AddShort(TKey name, short value) => Add(name, ValueConverter.ConvertShort(value));

    public IHeaders<TKey, TValue> SetShort(TKey name, short value) => Set(name, ValueConverter.ConvertShort(value));

    public bool ContainsShort(TKey name, short value) => Contains(name, ValueConverter.ConvertShort(value));

    public IHeaders<TKey, TValue> AddInt(TKey name, int value) => Add(name, ValueConverter.ConvertInt(value));

    public IHeaders<TKey, TValue> SetInt(TKey name, int value) => Set(name, ValueConverter.ConvertInt(value));

    public bool ContainsInt(TKey name, int value) => Contains(name, ValueConverter.ConvertInt(value));

    public IHeaders<TKey, TValue> AddLong(TKey name, long value) => Add(name, ValueConverter.ConvertLong(value));

    public IHeaders<TKey, TValue> SetLong(TKey name, long value) => Set(name, ValueConverter.ConvertLong(value));

    public bool ContainsLong(TKey name, long value) => Contains(name, ValueConverter.ConvertLong(value));

    public IHeaders<TKey, TValue> AddFloat(TKey name, float value) => Add(name, ValueConverter.ConvertFloat(value));

    public IHeaders<TKey, TValue> SetFloat(TKey name, float value) => Set(name, ValueConverter.ConvertFloat(value));

    public bool ContainsFloat(TKey name, float value) => Contains(name, ValueConverter.ConvertFloat(value));

    public IHeaders<TKey, TValue> AddDouble(TKey name, double value) => Add(name, ValueConverter.ConvertDouble(value));

    public IHeaders<TKey, TValue> SetDouble(TKey name, double value) => Set(name, ValueConverter.ConvertDouble(value));

    public bool ContainsDouble(TKey name, double value) => Contains(name, ValueConverter.ConvertDouble(value));

    public IHeaders<TKey, TValue> AddTimeMillis(TKey name, long value) => Add(name, ValueConverter.ConvertTimeMillis(value));

    public IHeaders<TKey, TValue> SetTimeMillis(TKey name, long value) => Set(name, ValueConverter.ConvertTimeMillis(value));

    public bool ContainsTimeMillis(TKey name, long value) => Contains(name, ValueConverter.ConvertTimeMillis(value));
}
