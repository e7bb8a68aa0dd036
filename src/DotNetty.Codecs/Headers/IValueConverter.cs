#nullable disable
namespace DotNetty.Codecs;

/// <summary>Makes header values of other types, and back.</summary>
/// <remarks>A value that is none of the type asked for is a <see cref="FormatException"/>.</remarks>
public interface IValueConverter<T>
{
    T ConvertObject(object value);

    T ConvertBoolean(bool value);

    bool ConvertToBoolean(T value);

    T ConvertByte(byte value);

    byte ConvertToByte(T value);

    T ConvertChar(char value);

    char ConvertToChar(T value);

    T ConvertShort(short value);

    short ConvertToShort(T value);

    T ConvertInt(int value);

    int ConvertToInt(T value);

    T ConvertLong(long value);

    long ConvertToLong(T value);

    T ConvertFloat(float value);

    float ConvertToFloat(T value);

    T ConvertDouble(double value);

    double ConvertToDouble(T value);

    /// <summary>A date and time, given in milliseconds since 1970 (UTC).</summary>
    T ConvertTimeMillis(long value);

    /// <summary>A date and time in milliseconds since 1970 (UTC).</summary>
    long ConvertToTimeMillis(T value);
}
