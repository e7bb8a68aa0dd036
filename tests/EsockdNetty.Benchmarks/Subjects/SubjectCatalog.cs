using System.Globalization;
using System.Reflection;

namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>The servers that are measured against each other.</summary>
internal static class SubjectCatalog
{
    /// <summary>The name of the plain loop of reads and writes.</summary>
    public const string SocketLoop = "Socket loop";

    private const string DotNet = "dotnet";
    private const string AnyPort = "127.0.0.1:0";

    // A run that is over waits for nobody.
    private const string DrainTimeout = "0.1";

    /// <summary>Where the example was built.</summary>
    private static string EchoServerProgram =>
        typeof(SubjectCatalog).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static named => named.Key == "EchoServer").Value!;

    /// <summary>All subjects that can serve the workload on this machine, the measure of the others first; a missing one is reported by a word.</summary>
    public static IReadOnlyList<Subject> For(ServeOptions options, Action<string> missing)
    {
        var subjects = new List<Subject>();
        Add(subjects, NativeServer.Name, NativeServer.WhyMissing(options.Tls), () => NativeServer.For(options), missing);
        foreach (string transport in new[] { "epoll", "sockets" })
            Add(subjects, $"EchoServer {transport}", WhyNoEchoServer(transport, options), () => EchoServer(transport, options), missing);

        Add(subjects, "serve esockd-epoll", WhyNotOn("epoll"), () => Serve(ServerKind.EsockdEpoll, options), missing);
        subjects.Add(Serve(ServerKind.EsockdSockets, options));
        subjects.Add(Serve(ServerKind.Kestrel, options));
        subjects.Add(Serve(ServerKind.SocketLoop, options));
        return subjects;
    }

    /// <summary>This program as a server.</summary>
    public static Subject Serve(ServerKind kind, ServeOptions options) =>
        new(NameOf(kind), DotNet, [Beside("EsockdNetty.Benchmarks.dll"), "serve", .. new ServeArguments(kind, options).Text]);

    /// <summary>EchoServer on epoll, told whether to spin: <c>on</c> or <c>off</c>, whatever it would do by itself.</summary>
    public static Subject WithSpin(Subject echoServer, string spin) => echoServer with { Arguments = [.. echoServer.Arguments, "--spin", spin] };

    private static void Add(List<Subject> subjects, string name, string? whyMissing, Func<Subject> subject, Action<string> missing)
    {
        if (whyMissing is null)
            subjects.Add(subject());
        else
            missing($"{name}: {whyMissing}");
    }

    private static string NameOf(ServerKind kind) => kind switch
    {
        ServerKind.Kestrel => "Kestrel",
        ServerKind.SocketLoop => SocketLoop,
        _ => $"serve {ServeArguments.NameOf(kind)}",
    };

    private static string? WhyNotOn(string transport) => transport == "epoll" && !OperatingSystem.IsLinux() ? "epoll is Linux's" : null;

    private static string? WhyNoEchoServer(string transport, ServeOptions options) =>
        options.AwaitWrites ? "it writes without promises" : WhyNotOn(transport);

    private static Subject EchoServer(string transport, ServeOptions options) => new(
        $"EchoServer {transport}",
        DotNet,
        [
            EchoServerProgram,
            "--listen", $"{(options.Tls ? "ssl" : "tcp")}://{AnyPort}",
            "--transport", transport,
            "--packet", options.Framing switch { Framing.Packet2 => "2", Framing.Packet4 => "4", _ => "raw" },
            "--loops", options.Loops.ToString(CultureInfo.InvariantCulture),
            "--drain-timeout", DrainTimeout,
            "--idle-timeout", ServeOptions.IdleTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture),
        ]);

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);
}
