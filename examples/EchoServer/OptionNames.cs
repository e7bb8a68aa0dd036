using EsockdNetty;

namespace EchoServer;

/// <summary>Tells faults of the server's options in the words of the command line: in one line, each with option, value and remedy.</summary>
internal static class OptionNames
{
    private static readonly Dictionary<string, string> ByPath = new()
    {
        ["Address"] = "--listen",
        ["Packet"] = "--packet",
        ["Loops"] = "--loops",
        ["Transport"] = "--transport",
        ["DrainTimeout"] = "--drain-timeout",
        ["Limits:MaxFrame"] = "--max-frame",
        ["Limits:MaxConnections"] = "--max-connections",
        ["Limits:OverLimit"] = "--over-limit",
        ["Limits:Rate:Count"] = "--max-rate",
        ["Limits:PerAddress:MaxConnections"] = "--max-per-address",
        ["Access"] = "--access",
        ["Acceptors"] = "--acceptors",
        ["Timeouts:Idle"] = "--idle-timeout",
        ["Timeouts:Frame"] = "--frame-timeout",
        ["Timeouts:Handshake"] = "--handshake-timeout",
        ["Timeouts:Send"] = "--send-timeout",
        ["Tls:ClientAuthorities"] = "--client-ca",
        ["Tls:Protocols"] = "--tls",
        ["Tls:Alpn"] = "--alpn",
    };

    // What remedies of the server name beside the option at fault.
    private static readonly (string Theirs, string Ours)[] InRemedies =
    [
        ("Server:Loops", "--loops"), ("Server:Transport Epoll", "--transport epoll"), ("Limits:MaxConnections", "--max-connections"),
    ];

    public static string Tell(IEnumerable<OptionFault> faults, EchoServerOptions options) =>
        OneLine.Of(string.Join("; ", faults.Select(fault => Tell(fault, options)).Distinct()));

    private static string Tell(OptionFault fault, EchoServerOptions options)
    {
        string path = PathOf(fault);
        string remedy = InRemedies.Aggregate(fault.Remedy, static (text, name) => text.Replace(name.Theirs, name.Ours, StringComparison.Ordinal));
        if (path != "Tls:Certificate")
            return $"{ByPath.GetValueOrDefault(path, fault.Option)} {fault.Value}: {remedy}";

        return options.Key is null
            ? $"--cert {fault.Value}: {remedy}; where another file holds the key, name it with --key"
            : $"--cert {options.Certificate} --key {options.Key}: {remedy}";
    }

    // Server:OPTION or Listeners:NAME:OPTION, and of a list which one of it: its value tells.
    private static string PathOf(OptionFault fault)
    {
        string[] parts = fault.Option.Split(':');
        return string.Join(':', (parts[0] == "Listeners" ? parts[2..] : parts[1..]).Where(static part => !part.All(char.IsAsciiDigit)));
    }
}
