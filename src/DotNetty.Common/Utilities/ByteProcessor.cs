#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>Processors by predicate: each goes on while its predicate is true and stops at the first byte it is not.</summary>
public sealed class ByteProcessor : IByteProcessor
{
    private const byte Nul = 0;
    private const byte CarriageReturn = (byte)'\r';
    private const byte LineFeed = (byte)'\n';
    private const byte Space = (byte)' ';
    private const byte Tab = (byte)'\t';

    /// <summary>Stops at a zero byte.</summary>
    public static IByteProcessor FindNul = new IndexOfProcessor(Nul);

    /// <summary>Stops at anything but a zero byte.</summary>
    public static IByteProcessor FindNonNul = new IndexNotOfProcessor(Nul);

    /// <summary>Stops at a carriage return.</summary>
    public static IByteProcessor FindCR = new IndexOfProcessor(CarriageReturn);

    /// <summary>Stops at anything but a carriage return.</summary>
    public static IByteProcessor FindNonCR = new IndexNotOfProcessor(CarriageReturn);

    /// <summary>Stops at a line feed.</summary>
    public static IByteProcessor FindLF = new IndexOfProcessor(LineFeed);

    /// <summary>Stops at anything but a line feed.</summary>
    public static IByteProcessor FindNonLF = new IndexNotOfProcessor(LineFeed);

    /// <summary>Stops at a semicolon.</summary>
    public static IByteProcessor FindSemicolon = new IndexOfProcessor((byte)';');

    /// <summary>Stops at a comma.</summary>
    public static IByteProcessor FindComma = new IndexOfProcessor((byte)',');

    /// <summary>Stops at a space.</summary>
    public static IByteProcessor FindAsciiSpace = new IndexOfProcessor(Space);

    /// <summary>Stops at a carriage return or line feed.</summary>
    public static IByteProcessor FindCrlf = new ByteProcessor(static value => value is not (CarriageReturn or LineFeed));

    /// <summary>Stops at anything but a carriage return or line feed.</summary>
    public static IByteProcessor FindNonCrlf = new ByteProcessor(static value => value is CarriageReturn or LineFeed);

    /// <summary>Stops at a space or tab.</summary>
    public static IByteProcessor FindLinearWhitespace = new ByteProcessor(static value => value is not (Space or Tab));

    /// <summary>Stops at anything but a space or tab.</summary>
    public static IByteProcessor FindNonLinearWhitespace = new ByteProcessor(static value => value is Space or Tab);

    private readonly Func<byte, bool> _customHandler;

    public ByteProcessor(Func<byte, bool> customHandler)
    {
        ArgumentNullException.ThrowIfNull(customHandler);
        _customHandler = customHandler;
    }

    public bool Process(byte value) => _customHandler(value);
}
