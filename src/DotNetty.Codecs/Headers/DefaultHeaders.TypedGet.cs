#nullable disable
namespace DotNetty.Codecs;

/// <content>Values of other types, got out. What cannot be converted is as if it were not there.</content>
public partial class DefaultHeaders<TKey, TValue>
{
    private static readonly Func<IValueConverter<TValue>, TValue, bool> AsBoolean = static (converter, value) => converter.ConvertToBoolean(value);
    private static readonly Func<IValueConverter<TValue>, TValue, byte> AsByte = static (converter, value) => converter.ConvertToByte(value);
    private static readonly Func<IValueConverter<TValue>, TValue, char> AsChar = static (converter, value) => converter.ConvertToChar(value);
    private static readonly Func<IValueConverter<TValue>, TValue, short> AsShort = static (converter, value) => converter.ConvertToShort(value);
    private static readonly Func<IValueConverter<TValue>, TValue, int> AsInt = static (converter, value) => converter.ConvertToInt(value);
    private static readonly Func<IValueConverter<TValue>, TValue, long> AsLong = static (converter, value) => converter.ConvertToLong(value);
    private static readonly Func<IValueConverter<TValue>, TValue, float> AsFloat = static (converter, value) => converter.ConvertToFloat(value);
    private static readonly Func<IValueConverter<TValue>, TValue, double> AsDouble = static (converter, value) => converter.ConvertToDouble(value);
    private static readonly Func<IValueConverter<TValue>, TValue, long> AsTimeMillis = static (converter, value) => converter.ConvertToTimeMillis(value);

    public bool TryGetBoolean(TKey name, out bool value) => TryConvert(TryGet(name, out TValue found), found, AsBoolean, out value);

    public bool GetBoolean(TKey name, bool defaultValue) => TryGetBoolean(name, out bool value) ? value : defaultValue;

    public bool TryGetBooleanAndRemove(TKey name, out bool value) => TryConvert(TryGetAndRemove(name, out TValue found), found, AsBoolean, out value);

    public bool GetBooleanAndRemove(TKey name, bool defaultValue) => TryGetBooleanAndRemove(name, out bool value) ? value : defaultValue;

    public bool TryGetByte(TKey name, out byte value) => TryConvert(TryGet(name, out TValue found), found, AsByte, out value);

    public byte GetByte(TKey name, byte defaultValue) => TryGetByte(name, out byte value) ? value : defaultValue;

    public bool TryGetByteAndRemove(TKey name, out byte value) => TryConvert(TryGetAndRemove(name, out TValue found), found, AsByte, out value);

    public byte GetByteAndRemove(TKey name, byte defaultValue) => TryGetByteAndRemove(name, out byte value) ? value : defaultValue;

    public bool TryGetChar(TKey name, out char value) => TryConvert(TryGet(name, out TValue found), found, AsChar, out value);

    public char GetChar(TKey name, char defaultValue) => TryGetChar(name, out char value) ? value : defaultValue;

    public bool TryGetCharAndRemove(TKey name, out char value) => TryConvert(TryGetAndRemove(name, out TValue found), found, AsChar, out value);

    public char GetCharAndRemove(TKey name, char defaultValue) => TryGetCharAndRemove(name, out char value) ? value : defaultValue;

    public bool TryGetShort(TKey name, out short value) => TryConvert(TryGet(name, out TValue found), found, AsShort, out value);

    public short GetShort(TKey name, short defaultValue) => TryGetShort(name, out short value) ? value : defaultValue;

    public bool TryGetShortAndRemove(TKey name, out short value) => TryConvert(TryGetAndRemove(name, out TValue found), found, AsShort, out value);

    public short GetShortAndRemove(TKey name, short defaultValue) => TryGetShortAndRemove(name, out short value) ? value : defaultValue;

    public bool TryGetInt(TKey name, out int value) => TryConvert(TryGet(name, out TValue found), found, AsInt, out value);

    public int GetInt(TKey name, int defaultValue) => TryGetInt(name, out int value) ? value : defaultValue;

    public bool TryGetIntAndRemove(TKey name, out int value) => TryConvert(TryGetAndRemove(name, out TValue found), found, AsInt, out value);

    public int GetIntAndRemove(TKey name, int defaultValue) => TryGetIntAndRemove(name, out int value) ? value : defaultValue;

    public bool TryGetLong(TKey name, out long value) => TryConvert(TryGet(name, out TValue found), found, AsLong, out value);

    public long GetLong(TKey name, long defaultValue) => TryGetLong(name, out long value) ? value : defaultValue;

    public bool TryGetLongAndRemove(TKey name, out long value) => TryConvert(TryGetAndRemove(name, out TValue found), found, AsLong, out value);

    public long GetLongAndRemove(TKey name, long defaultValue) => TryGetLongAndRemove(name, out long value) ? value : defaultValue;

    public bool TryGetFloat(TKey name, out float value) => TryConvert(TryGet(name, out TValue found), found, AsFloat, out value);

    public float GetFloat(TKey name, float defaultValue) => TryGetFloat(name, out float value) ? value : defaultValue;

    public bool TryGetFloatAndRemove(TKey name, out float value) => TryConvert(TryGetAndRemove(name, out TValue found), found, AsFloat, out value);

    public float GetFloatAndRemove(TKey name, float defaultValue) => TryGetFloatAndRemove(name, out float value) ? value : defaultValue;

    public bool TryGetDouble(TKey name, out double value) => TryConvert(TryGet(name, out TValue found), found, AsDouble, out value);

    public double GetDouble(TKey name, double defaultValue) => TryGetDouble(name, out double value) ? value : defaultValue;

    public bool TryGetDoubleAndRemove(TKey name, out double value) => TryConvert(TryGetAndRemove(name, out TValue found), found, AsDouble, out value);

    public double GetDoubleAndRemove(TKey name, double defaultValue) => TryGetDoubleAndRemove(name, out double value) ? value : defaultValue;

    public bool TryGetTimeMillis(TKey name, out long value) => TryConvert(TryGet(name, out TValue found), found, AsTimeMillis, out value);

    public long GetTimeMillis(TKey name, long defaultValue) => TryGetTimeMillis(name, out long value) ? value : defaultValue;

    public bool TryGetTimeMillisAndRemove(TKey name, out long value) => TryConvert(TryGetAndRemove(name, out TValue found), found, AsTimeMillis, out value);

    public long GetTimeMillisAndRemove(TKey name, long defaultValue) => TryGetTimeMillisAndRemove(name, out long value) ? value : defaultValue;

    private bool TryConvert<T>(bool isThere, TValue value, Func<IValueConverter<TValue>, TValue, T> convert, out T converted)
    {
        converted = default;
        if (!isThere)
        {
            return false;
        }

        try
        {
            converted = convert(ValueConverter, value);
            return true;
        }
        catch (Exception fault) when (fault is FormatException or OverflowException or InvalidCastException or ArgumentException)
        {
            return false;
        }
    }
}
