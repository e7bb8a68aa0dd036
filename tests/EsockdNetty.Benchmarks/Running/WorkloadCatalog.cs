using EsockdNetty.Benchmarks.Load;
using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>All workloads, in the order of the table.</summary>
internal static class WorkloadCatalog
{
    private static readonly ServeOptions Plain = new(Framing.Raw, Tls: false, Loops: 1, AwaitWrites: false);
    private static readonly ServeOptions Secure = Plain with { Tls = true };
    private static readonly ServeOptions Packets = Plain with { Framing = Framing.Packet2 };

    public static IReadOnlyList<Workload> All { get; } =
    [
        new("c1", "1 connection", Plain) { Connections = 1 },
        new("roundtrip", "1 connection, time of a round trip", Plain) { Connections = 1, Measure = Measure.RoundTrip, Comparison = Comparison.WithSocketLoop },
        new("c64", "64 connections", Plain),
        new("c64-await", "64 connections, WriteAsync", Plain with { AwaitWrites = true }),
        new("d16", "64 connections, depth 16", Plain) { Depth = 16 },
        new("c1000", "1,000 connections", Plain) { Connections = 1000 },
        new("s16k", "64 connections, 16 KiB", Plain) { Size = 16 * 1024 },
        new("p2d16", "{packet,2}, depth 16", Packets) { Depth = 16 },
        new("p2d16-await", "{packet,2}, depth 16, WriteAsync", Packets with { AwaitWrites = true }) { Depth = 16 },
        new("p4d16", "{packet,4}, depth 16", Packets with { Framing = Framing.Packet4 }) { Depth = 16 },
        new("connect", "connect, echo, close", Plain) { Mode = LoadMode.Connect },
        new("sockets-c1", "1 connection, on .NET's sockets", Plain) { Connections = 1, Comparison = Comparison.SocketsWithSocketLoop },
        new("sockets-c64", "64 connections, on .NET's sockets", Plain) { Comparison = Comparison.SocketsWithSocketLoop },
        new("sockets-d16", "depth 16, on .NET's sockets", Plain) { Depth = 16, Comparison = Comparison.SocketsWithSocketLoop },
        new("tls-c64", "TLS 1.3, 64 connections", Secure),
        new("tls-d16", "TLS 1.3, depth 16", Secure) { Depth = 16 },
        new("tls-s16k", "TLS 1.3, 16 KiB", Secure) { Size = 16 * 1024 },
        new("handshake", "TLS 1.3 handshakes", Secure) { Mode = LoadMode.Handshake },
        new("paced", "1,000 paced messages a second", Plain) { Mode = LoadMode.Paced, Comparison = Comparison.WithoutSpinning },
        new("loops", "two loops against one", Plain with { Loops = 2 }) { Measure = Measure.Capacity, Comparison = Comparison.WithOneLoop },
        new("cold", "the first second of a process", Plain) { Measure = Measure.ColdCpu, Fresh = true },
        new("idle", "10,000 idle connections", Plain) { Mode = LoadMode.Idle, Connections = 10_000, Measure = Measure.Memory, Comparison = Comparison.None, Fresh = true },
        new("idle-tls", "5,000 idle TLS connections", Secure) { Mode = LoadMode.Idle, Connections = 5_000, Measure = Measure.Memory, Comparison = Comparison.None, Fresh = true, Rounds = 1 },
        new("idle-100k", "100,000 idle connections", Plain) { Mode = LoadMode.Idle, Connections = 100_000, Measure = Measure.Memory, Comparison = Comparison.None, OursOnly = true, Fresh = true, Rounds = 1 },
    ];
}
