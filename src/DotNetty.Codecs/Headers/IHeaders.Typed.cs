#nullable disable
namespace DotNetty.Codecs;

/// <content>Values of other types.</content>
public partial interface IHeaders<TKey, TValue>
{
    IHeaders<TKey, TValue> AddBoolean(TKey name, bool value);

    IHeaders<TKey, TValue> SetBoolean(TKey name, bool value);

    bool ContainsBoolean(TKey name, bool value);

    bool TryGetBoolean(TKey name, out bool value);

    bool GetBoolean(TKey name, bool defaultValue);

    bool TryGetBooleanAndRemove(TKey name, out bool value);

    bool GetBooleanAndRemove(TKey name, bool defaultValue);

    IHeaders<TKey, TValue> AddByte(TKey name, byte value);

    IHeaders<TKey, TValue> SetByte(TKey name, byte value);

    bool ContainsByte(TKey name, byte value);

    bool TryGetByte(TKey name, out byte value);

    byte GetByte(TKey name, byte defaultValue);

    bool TryGetByteAndRemove(TKey name, out byte value);

    byte GetByteAndRemove(TKey name, byte defaultValue);

    IHeaders<TKey, TValue> AddChar(TKey name, char value);

    IHeaders<TKey, TValue> SetChar(TKey name, char value);

    bool ContainsChar(TKey name, char value);

    bool TryGetChar(TKey name, out char value);

    char GetChar(TKey name, char defaultValue);

    bool TryGetCharAndRemove(TKey name, out char value);

    char GetCharAndRemove(TKey name, char defaultValue);

    IHeaders<TKey, TValue> AddShort(TKey name, short value);

    IHeaders<TKey, TValue> SetShort(TKey name, short value);

    bool ContainsShort(TKey name, short value);

    bool TryGetShort(TKey name, out short value);

    short GetShort(TKey name, short defaultValue);

    bool TryGetShortAndRemove(TKey name, out short value);

    short GetShortAndRemove(TKey name, short defaultValue);

    IHeaders<TKey, TValue> AddInt(TKey name, int value);

    IHeaders<TKey, TValue> SetInt(TKey name, int value);

    bool ContainsInt(TKey name, int value);

    bool TryGetInt(TKey name, out int value);

    int GetInt(TKey name, int defaultValue);

    bool TryGetIntAndRemove(TKey name, out int value);

    int GetIntAndRemove(TKey name, int defaultValue);

    IHeaders<TKey, TValue> AddLong(TKey name, long value);

    IHeaders<TKey, TValue> SetLong(TKey name, long value);

    bool ContainsLong(TKey name, long value);

    bool TryGetLong(TKey name, out long value);

    long GetLong(TKey name, long defaultValue);

    bool TryGetLongAndRemove(TKey name, out long value);

    long GetLongAndRemove(TKey name, long defaultValue);

    IHeaders<TKey, TValue> AddFloat(TKey name, float value);

    IHeaders<TKey, TValue> SetFloat(TKey name, float value);

    bool ContainsFloat(TKey name, float value);

    bool TryGetFloat(TKey name, out float value);

    float GetFloat(TKey name, float defaultValue);

    bool TryGetFloatAndRemove(TKey name, out float value);

    float GetFloatAndRemove(TKey name, float defaultValue);

    IHeaders<TKey, TValue> AddDouble(TKey name, double value);

    IHeaders<TKey, TValue> SetDouble(TKey name, double value);

    bool ContainsDouble(TKey name, double value);

    bool TryGetDouble(TKey name, out double value);

    double GetDouble(TKey name, double defaultValue);

    bool TryGetDoubleAndRemove(TKey name, out double value);

    double GetDoubleAndRemove(TKey name, double defaultValue);

    IHeaders<TKey, TValue> AddTimeMillis(TKey name, long value);

    IHeaders<TKey, TValue> SetTimeMillis(TKey name, long value);

    bool ContainsTimeMillis(TKey name, long value);

    bool TryGetTimeMillis(TKey name, out long value);

    long GetTimeMillis(TKey name, long defaultValue);

    bool TryGetTimeMillisAndRemove(TKey name, out long value);

    long GetTimeMillisAndRemove(TKey name, long defaultValue);
}
