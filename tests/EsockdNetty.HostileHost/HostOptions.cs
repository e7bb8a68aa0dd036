using System.Globalization;
using EsockdNetty.Codecs;

namespace EsockdNetty.HostileHost;

/// <summary>The arguments: a kind, then settings as <c>name=value</c>; times are in milliseconds.</summary>
internal static class HostOptions
{
    private const string Another = "+";

    /// <summary>The arguments of each listener.</summary>
    public static IEnumerable<string[]> PerListener(string[] arguments)
    {
        int start = 0;
        for (int end; (end = Array.IndexOf(arguments, Another, start)) >= 0; start = end + 1)
            yield return arguments[start..end];
        yield return arguments[start..];
    }

    public static ListenerOptions Parse(string name, IEnumerable<string> settings)
    {
        var options = new ListenerOptions(name, "tcp://127.0.0.1:0");
        foreach (string setting in settings)
        {
            string[] parts = setting.Split('=', 2);
            Set(options, parts[0], parts[1]);
        }

        return options;
    }

    private static void Set(ListenerOptions options, string name, string value)
    {
        switch (name)
        {
            case "address":
                options.Address = value;
                options.Tls.Certificate = value.StartsWith("ssl:", StringComparison.Ordinal) ? Certificate : options.Tls.Certificate;
                break;
            case "packet":
                options.Packet = PacketType.Parse(value);
                break;
            case "frame":
                options.Timeouts.Frame = Time(value);
                break;
            case "send":
                options.Timeouts.Send = Time(value);
                break;
            case "handshake":
                options.Timeouts.Handshake = Time(value);
                break;
            case "max-connections":
                options.Limits.MaxConnections = Number(value);
                break;
            case "max-frame":
                options.Limits.MaxFrame = Number(value);
                break;
            case "max-pending":
                options.Limits.MaxPending = Number(value);
                break;
            case "max-pending-write":
                options.Limits.MaxPendingWriteBytes = Number(value);
                break;
            case "send-buffer":
                options.Socket.SendBufferSize = Number(value);
                break;
            default:
                throw new ArgumentException($"{name}: no such setting");
        }
    }

    private static CertificateSource Certificate => CertificateSource.Pem(Beside("server.pem"), Beside("server-key.pem"));

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, "certs", name);

    private static TimeSpan Time(string milliseconds) => TimeSpan.FromMilliseconds(Number(milliseconds));

    private static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);
}
