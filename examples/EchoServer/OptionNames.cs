using EsockdNetty;

namespace EchoServer;

/// <summary>Tells faults of the server's options in the words of the command line: in one line, each with option, value and remedy.</summary>
internal static class OptionNames
{
    private static readonly Dictionary<string, string> ByPath = new()
    {
        ["Address"] = "--listen",
        ["Loops"] = "--loops",
        ["DrainTimeout"] = "--drain-timeout",
        ["Limits:MaxFrame"] = "--max-frame",
        ["Limits:MaxConnections"] = "--max-connections",
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

    public static string Tell(IEnumerable<OptionFault> faults, EchoServerOptions options) =>
        OneLine.Of(string.Join("; ", faults.Select(fault => $"{Name(fault, options)}: {fault.Remedy}")));

    private static string Name(OptionFault fault, EchoServerOptions options)
    {
        // Server:OPTION or Listeners:NAME:OPTION.
        string[] parts = fault.Option.Split(':');
        string path = string.Join(':', parts[0] == "Listeners" ? parts[2..] : parts[1..]);
        if (path == "Tls:Certificate")
            return options.Key is null ? $"--cert {fault.Value}" : $"--cert {options.Certificate} --key {options.Key}";

        return $"{ByPath.GetValueOrDefault(path, fault.Option)} {fault.Value}";
    }
}
