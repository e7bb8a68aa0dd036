using System.Reflection;

namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>The servers that can be measured.</summary>
internal static class SubjectCatalog
{
    private static string EchoServerProgram =>
        typeof(SubjectCatalog).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static named => named.Key == "EchoServer").Value!;

    /// <summary>All that can serve the workload on this machine; one that cannot is told of by a word through <paramref name="missing"/>.</summary>
    public static IReadOnlyList<Subject> For(ServeOptions options, Action<string> missing)
    {
        if (options.AwaitWrites)
        {
            missing("EchoServer has no row with WriteAsync");
            return [];
        }

        return [EchoServer(options, "epoll"), EchoServer(options, "sockets")];
    }

    private static Subject EchoServer(ServeOptions options, string transport)
    {
        string packet = options.Framing switch { Framing.Packet2 => "2", Framing.Packet4 => "4", _ => "raw" };
        return new($"EchoServer {transport}", "dotnet",
        [
            EchoServerProgram, "--listen", options.Tls ? "ssl://127.0.0.1:0" : "tcp://127.0.0.1:0",
            "--drain-timeout", "0.1", "--packet", packet, "--transport", transport, "--loops", options.Loops.ToString(),
        ]);
    }
}
