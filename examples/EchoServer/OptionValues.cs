using System.Globalization;
using System.Numerics;
using System.Security.Authentication;
using System.Text;
using EsockdNetty;
using EsockdNetty.Accepting.Access;
using EsockdNetty.Codecs;

namespace EchoServer;

/// <summary>How each kind of value is written. Every reader answers what is wrong and what to write, or null.</summary>
internal static class OptionValues
{
    private const string AddressRemedy = "use tcp://HOST:PORT, ssl://HOST:PORT, unix:///PATH, fd://N or systemd://NAME, IPv6 in brackets";
    private const string PacketRemedy = "use raw, 1, 2, 4, 2le, 4le or line";
    private const string NoAddress = "not an address to listen on";
    private const int MostLoops = 1024;
    private const double LongestSeconds = 86_400;
    private const int LongestAlpn = 255;
    private const int LongestPath = 107;

    private static readonly string[] PacketsNotYet =
        ["asn1", "sunrm", "cdr", "fcgi", "tpkt", "http", "httph", "http_bin", "httph_bin", "ssl_tls"];

    public static string? Address(string text, out string address)
    {
        address = text;
        if (ListenAddress.TryParse(text, out _))
            return null;

        string[] parts = text.Split("://", 2);
        string fault = parts is not [var scheme, var place] ? NoAddress : scheme switch
        {
            "tcp" or "ssl" or "tls" => HostAndPort(place),
            "unix" => $"a unix address is a path of up to {LongestPath} bytes",
            "fd" or "ssl+fd" or "tls+fd" => "not the number of a descriptor",
            "systemd" or "ssl+systemd" or "tls+systemd" => "not a name that systemd gives to sockets",
            _ => $"{scheme}:// is not a transport",
        };
        return $"{fault}; {AddressRemedy}";
    }

    public static string? Packet(string text, out PacketType packet)
    {
        bool known = PacketType.TryParse(text, out PacketType? parsed);
        packet = parsed ?? PacketType.Raw;
        if (known)
            return null;

        return PacketsNotYet.Contains(text) ? $"not yet available; {PacketRemedy}" : $"not a packet mode; {PacketRemedy}";
    }

    public static string? Count(string text, out int? count) => Number(text, int.MaxValue, out count);

    public static string? FrameSize(string text, out int? bytes) => Number(text, PacketType.Four.MaxBody, out bytes);

    public static string? Loops(string text, out int? loops) => Number(text, MostLoops, out loops);

    public static string? Seconds(string text, out TimeSpan? time)
    {
        bool number = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds);
        time = number && seconds is >= 0.001 and <= LongestSeconds ? TimeSpan.FromSeconds(seconds) : null;
        return time is null ? $"not a time; use seconds from 0.001 to {LongestSeconds}" : null;
    }

    public static string? OverLimit(string text, out bool wait)
    {
        wait = text == "wait";
        return text is "refuse" or "wait" ? null : "not a policy; use refuse or wait";
    }

    public static string? Access(string text, out string rule)
    {
        rule = text;
        return AccessRule.TryParse(text, out _) ? null : "not a rule; use allow or deny, then an address, a CIDR block, all or unix";
    }

    public static string? TlsVersions(string text, out SslProtocols? versions)
    {
        versions = text switch
        {
            "1.2" => SslProtocols.Tls12,
            "1.3" => SslProtocols.Tls13,
            "1.2,1.3" or "1.3,1.2" => SslProtocols.Tls12 | SslProtocols.Tls13,
            _ => null,
        };
        return versions is null ? "not TLS versions; use 1.2, 1.3 or 1.2,1.3" : null;
    }

    public static string? Alpn(string text, out string protocol)
    {
        protocol = text;
        return Encoding.UTF8.GetByteCount(text) is > 0 and <= LongestAlpn ? null : $"not a protocol's name; use 1 to {LongestAlpn} bytes";
    }

    public static string? Transport(string text, out SocketTransport transport)
    {
        SocketTransport? known = text switch
        {
            "epoll" => SocketTransport.Epoll,
            "sockets" => SocketTransport.Sockets,
            _ => null,
        };
        transport = known ?? SocketTransport.Automatic;
        return known is null ? "not a transport; use epoll or sockets" : null;
    }

    public static string? OnOrOff(string text, out bool? isOn)
    {
        isOn = text switch { "on" => true, "off" => false, _ => null };
        return isOn is null ? "neither; use on or off" : null;
    }

    public static string? File(string text, out string? path)
    {
        path = text;
        try
        {
            using FileStream readable = System.IO.File.OpenRead(text);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return e is UnauthorizedAccessException ? "may not be read; check its permissions" : "no such file; check the path";
        }
    }

    // Of one that is none: the colons of IPv6 stand in brackets.
    private static string HostAndPort(string place)
    {
        int colon = place.LastIndexOf(':');
        string port = place[(colon + 1)..];
        if (place.Length == 0 || place.IndexOfAny(['/', '?', '#', '@']) >= 0)
            return "more or less than host and port";

        if (colon < 0 || place[^1] is ']' or ':')
            return "has no port";

        return colon > 0 && port.All(char.IsAsciiDigit) && !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? $"the port {port} is out of range, 0 to {ushort.MaxValue}"
            : NoAddress;
    }

    private static string? Number(string text, int most, out int? number)
    {
        bool isWhole = BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger value);
        bool isWithin = isWhole && value >= 1 && value <= most;
        number = isWithin ? (int)value : null;
        return isWithin ? null : $"{(isWhole ? "out of range" : "not a whole number")}; use 1 to {most}";
    }
}
