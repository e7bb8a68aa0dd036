using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace DotNetty.Handlers.Tls;

/// <summary>Reads the name a client asks for out of its ClientHello (RFC 8446 §4.1.2, RFC 6066 §3).</summary>
internal static class ServerNameParser
{
    private const int VersionAndRandom = 2 + 32;
    private const ushort ServerNameExtension = 0;
    private const byte HostName = 0;
    private const int LongestName = 255;

    // No culture and no table of unassigned code points: what the client spelt is looked up as it spelt it.
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    // A selector may make a file name of it.
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Finds the name, in lower case and as it stands in DNS; null when the client gave none.</summary>
    /// <returns>False when the message is not a ClientHello, or the name none that a host can have.</returns>
    public static bool TryParse(ReadOnlySpan<byte> hello, out string? name)
    {
        name = null;
        if (!Skip(ref hello, VersionAndRandom) || !TakeByByte(ref hello, out _) || !TakeByShort(ref hello, out _) || !TakeByByte(ref hello, out _))
        {
            return false;
        }

        // A client without any extension ends here.
        return hello.IsEmpty || (TakeByShort(ref hello, out ReadOnlySpan<byte> extensions) && hello.IsEmpty && TryParseExtensions(extensions, out name));
    }

    private static bool TryParseExtensions(ReadOnlySpan<byte> extensions, out string? name)
    {
        name = null;
        while (!extensions.IsEmpty)
        {
            if (!TakeShort(ref extensions, out ushort type) || !TakeByShort(ref extensions, out ReadOnlySpan<byte> body))
            {
                return false;
            }

            if (type == ServerNameExtension)
            {
                return TakeByShort(ref body, out ReadOnlySpan<byte> names) && body.IsEmpty && TryParseNames(names, out name);
            }
        }

        return true;
    }

    private static bool TryParseNames(ReadOnlySpan<byte> names, out string? name)
    {
        name = null;
        while (!names.IsEmpty)
        {
            byte type = names[0];
            if (!Skip(ref names, 1) || !TakeByShort(ref names, out ReadOnlySpan<byte> value))
            {
                return false;
            }

            if (type == HostName)
            {
                return TryDecode(value, out name);
            }
        }

        return true;
    }

    private static bool TryDecode(ReadOnlySpan<byte> value, out string? name)
    {
        name = null;
        if (value.IsEmpty || value.Length > LongestName)
        {
            return false;
        }

        try
        {
            string text = Ascii.IsValid(value) ? Encoding.ASCII.GetString(value) : Idn.GetAscii(Utf8.GetString(value).ToLowerInvariant());
            name = text.ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // Neither ASCII nor UTF-8 that a name could be made of.
            return false;
        }

        return !name.AsSpan().ContainsAnyExcept(Allowed);
    }

    private static bool TakeByByte(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        int length = input.IsEmpty ? 0 : input[0];
        return Skip(ref input, 1) && Take(ref input, length, out taken);
    }

    private static bool TakeByShort(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        return TakeShort(ref input, out ushort length) && Take(ref input, length, out taken);
    }

    private static bool TakeShort(ref ReadOnlySpan<byte> input, out ushort value)
    {
        bool there = BinaryPrimitives.TryReadUInt16BigEndian(input, out value);
        return there && Skip(ref input, sizeof(ushort));
    }

    private static bool Take(ref ReadOnlySpan<byte> input, int length, out ReadOnlySpan<byte> taken)
    {
        taken = input.Length < length ? default : input[..length];
        return Skip(ref input, length);
    }

    private static bool Skip(ref ReadOnlySpan<byte> input, int length)
    {
        if (input.Length < length)
        {
            return false;
        }

        input = input[length..];
        return true;
    }
}
