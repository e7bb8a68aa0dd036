#nullable disable
using System.Globalization;
using DotNetty.Common.Utilities;

namespace DotNetty.Codecs;

/// <summary>
/// Writes values as text and reads them from it, whatever kind of sequence it is: <c>true</c> and <c>false</c>, numbers in decimal without
/// regard to culture, dates as HTTP has them.
/// </summary>
public class CharSequenceValueConverter : IValueConverter<ICharSequence>
{
    public static readonly CharSequenceValueConverter Default = new();

    private static readonly StringCharSequence True = new("true");
    private static readonly StringCharSequence False = new("false");

    /// <summary>A sequence itself, anything else as it writes itself.</summary>
    public virtual ICharSequence ConvertObject(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value switch
        {
            ICharSequence sequence => sequence,
            bool truth => ConvertBoolean(truth),
            IFormattable formattable => Text(formattable),
            _ => new StringCharSequence(value.ToString() ?? string.Empty),
        };
    }

    public ICharSequence ConvertBoolean(bool value) => value ? True : False;

    public bool ConvertToBoolean(ICharSequence value) => bool.TryParse(value?.ToString(), out bool truth) ? truth : throw NotA("truth value", value);

    public ICharSequence ConvertByte(byte value) => Text(value);

    public byte ConvertToByte(ICharSequence value) => (byte)Whole(value, byte.MinValue, byte.MaxValue);

    public ICharSequence ConvertChar(char value) => new StringCharSequence(value.ToString());

    /// <summary>The first character.</summary>
    public char ConvertToChar(ICharSequence value) => value is { Count: > 0 } ? value[0] : throw NotA("character", value);

    public ICharSequence ConvertShort(short value) => Text(value);

    public short ConvertToShort(ICharSequence value) => (short)Whole(value, short.MinValue, short.MaxValue);

    public ICharSequence ConvertInt(int value) => Text(value);

    public int ConvertToInt(ICharSequence value) => (int)Whole(value, int.MinValue, int.MaxValue);

    public ICharSequence ConvertLong(long value) => Text(value);

    public long ConvertToLong(ICharSequence value) => Whole(value, long.MinValue, long.MaxValue);

    public ICharSequence ConvertFloat(float value) => Text(value);

    public float ConvertToFloat(ICharSequence value) =>
        float.TryParse(value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out float number) ? number : throw NotA("number", value);

    public ICharSequence ConvertDouble(double value) => Text(value);

    public double ConvertToDouble(ICharSequence value) =>
        double.TryParse(value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw NotA("number", value);

    public ICharSequence ConvertTimeMillis(long value) =>
        new StringCharSequence(DateFormatter.Format(DateTimeOffset.FromUnixTimeMilliseconds(value).UtcDateTime));

    public long ConvertToTimeMillis(ICharSequence value) =>
        value is not null && DateFormatter.ParseHttpDate(value) is { } time ? new DateTimeOffset(time).ToUnixTimeMilliseconds() : throw NotA("date", value);

    private static StringCharSequence Text(IFormattable value) => new(value.ToString(null, CultureInfo.InvariantCulture));

    private static long Whole(ICharSequence value, long least, long most)
    {
        long number = value is null ? throw NotA("number", value) : CharUtil.ParseLong(value);
        return number >= least && number <= most ? number : throw NotA($"number from {least} to {most}", value);
    }

    private static FormatException NotA(string kind, ICharSequence value) => new(value is null ? $"There is no {kind}." : $"'{value}' is no {kind}.");
}
