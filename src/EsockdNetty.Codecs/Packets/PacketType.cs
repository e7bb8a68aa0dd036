using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EsockdNetty.Codecs;

/// <summary>
/// How packets lie in the stream: a mode with its byte order or delimiter. Written "raw" (or "0"), "1", "2", "4",
/// "2le" and "4le" (little-endian), "line", or "line:0x3b" for a delimiter other than LF. Case does not matter.
/// </summary>
public sealed record PacketType : IParsable<PacketType>
{
    private const byte LineFeed = (byte)'\n';
    private const string DelimiterPrefix = "line:0x";
    private const string Accepted = "raw (or 0), 1, 2, 4, 2le, 4le, line or line:0xNN, NN being the delimiter in hexadecimal";

    private PacketType(PacketMode mode, int headerLength = 0, int maxBody = int.MaxValue)
    {
        Mode = mode;
        HeaderLength = headerLength;
        MaxBody = maxBody;
    }

    /// <summary>No packets, only bytes: "raw".</summary>
    public static PacketType Raw { get; } = new(PacketMode.Raw);

    /// <summary>One byte of length: "1".</summary>
    public static PacketType One { get; } = new(PacketMode.One, 1, byte.MaxValue);

    /// <summary>Two bytes of length, big-endian: "2".</summary>
    public static PacketType Two { get; } = new(PacketMode.Two, 2, ushort.MaxValue);

    /// <summary>Four bytes of length, big-endian: "4".</summary>
    public static PacketType Four { get; } = new(PacketMode.Four, 4, FrameLimit.Largest);

    /// <summary>Two bytes of length, little-endian: "2le". Erlang has no such mode.</summary>
    public static PacketType TwoLittleEndian { get; } = new(PacketMode.Two, 2, ushort.MaxValue) { IsLittleEndian = true };

    /// <summary>Four bytes of length, little-endian: "4le". Erlang has no such mode.</summary>
    public static PacketType FourLittleEndian { get; } = new(PacketMode.Four, 4, FrameLimit.Largest) { IsLittleEndian = true };

    /// <summary>Lines that end with LF, kept in the packet; a CR before it is kept too: "line".</summary>
    public static PacketType Line { get; } = new(PacketMode.Line) { Delimiter = LineFeed };

    /// <summary>How the stream is cut.</summary>
    public PacketMode Mode { get; }

    /// <summary>Bytes put before a body when it is written and taken off when it is read: 0, 1, 2 or 4.</summary>
    public int HeaderLength { get; }

    /// <summary>The longest body the header can announce, in bytes; int.MaxValue where there is no header.</summary>
    public int MaxBody { get; }

    /// <summary>Whether the length in the header starts with its low byte.</summary>
    public bool IsLittleEndian { get; private init; }

    /// <summary>The byte that ends a line; 0 in the other modes.</summary>
    public byte Delimiter { get; private init; }

    /// <summary>Lines that end with a byte of your choice, kept in the packet.</summary>
    public static PacketType LineEndingWith(byte delimiter) =>
        delimiter == LineFeed ? Line : new(PacketMode.Line) { Delimiter = delimiter };

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">No packet type is written like this; the message lists those that are.</exception>
    public static PacketType Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out PacketType? type)
            ? type
            : throw new FormatException($"'{text}' is not a packet type: use {Accepted}.");
    }

    /// <summary>Reads what <see cref="ToString"/> writes; false when no packet type is written like this.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PacketType? type)
    {
        type = text?.ToLowerInvariant() switch
        {
            "raw" or "0" => Raw,
            "1" => One,
            "2" => Two,
            "4" => Four,
            "2le" => TwoLittleEndian,
            "4le" => FourLittleEndian,
            "line" => Line,
            { } other => ParseDelimited(other),
            null => null,
        };
        return type is not null;
    }

    static PacketType IParsable<PacketType>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<PacketType>.TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out PacketType result) => TryParse(s, out result);

    /// <summary>The name that <see cref="Parse"/> reads.</summary>
    public override string ToString() => Mode switch
    {
        PacketMode.Raw => "raw",
        PacketMode.Line => Delimiter == LineFeed ? "line" : $"{DelimiterPrefix}{Delimiter:x2}",
        _ => IsLittleEndian ? $"{HeaderLength}le" : $"{HeaderLength}",
    };

    private static PacketType? ParseDelimited(string text)
    {
        if (text.Length != DelimiterPrefix.Length + 2 || !text.StartsWith(DelimiterPrefix, StringComparison.Ordinal)) return null;

        ReadOnlySpan<char> digits = text.AsSpan(DelimiterPrefix.Length);
        return byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte delimiter)
            ? LineEndingWith(delimiter)
            : null;
    }
}
