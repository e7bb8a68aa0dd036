using System.Globalization;

namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>The server in C: compiled when it is first asked for, and kept beside the program.</summary>
internal static class NativeServer
{
    public const string Name = "C epoll";

    private static readonly NativeBuild Plain = New();
    private static readonly NativeBuild Secured = New("-DWITH_TLS", "-lssl", "-lcrypto");

    private static readonly Lazy<string?> PlainFault = new(Plain.Build);
    private static readonly Lazy<string?> SecuredFault = new(Secured.Build);

    /// <summary>Why it cannot serve on this machine; null when it can.</summary>
    public static string? WhyMissing(bool tls) => OperatingSystem.IsLinux() ? (tls ? SecuredFault : PlainFault).Value : "epoll is Linux's";

    public static Subject For(ServeOptions options) => new(Name, (options.Tls ? Secured : Plain).Program, Arguments(options));

    private static IReadOnlyList<string> Arguments(ServeOptions options) =>
    [
        "--framing", ServeArguments.NameOf(options.Framing),
        "--loops", options.Loops.ToString(CultureInfo.InvariantCulture),
        .. options.Tls ? ["--cert", DevelopmentCertificate.Path, "--key", DevelopmentCertificate.KeyPath] : Array.Empty<string>(),
    ];

    private static NativeBuild New(params string[] flags) => new(
        "gcc",
        ["-O2", "-pthread", .. flags],
        Path.Combine(AppContext.BaseDirectory, "Subjects", "epoll_server.c"),
        Path.Combine(AppContext.BaseDirectory, "native"));
}
