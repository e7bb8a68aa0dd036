using System.Net;

namespace EsockdNetty.Benchmarks.Load;

/// <summary>A server as it announces itself, and its process, whose processor time is read when its id is known.</summary>
internal sealed record LoadTarget(IPEndPoint Address, bool Tls, int ProcessId = 0)
{
    private const string Plain = "tcp://";
    private const string Secure = "ssl://";

    /// <summary>Reads <c>tcp://127.0.0.1:5000</c> or <c>ssl://…</c>; null when it is neither, or not this machine's loopback.</summary>
    public static LoadTarget? Parse(string text, int processId = 0)
    {
        bool tls = text.StartsWith(Secure, StringComparison.Ordinal);
        bool known = tls || text.StartsWith(Plain, StringComparison.Ordinal);
        return known && IPEndPoint.TryParse(text[Plain.Length..], out IPEndPoint? address) && IPAddress.IsLoopback(address.Address)
            ? new LoadTarget(address, tls, processId)
            : null;
    }

    public override string ToString() => (Tls ? Secure : Plain) + Address;
}
