using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>The server in C: compiled when it is first asked for, and kept beside the program under the hash of its source.</summary>
internal static class NativeServer
{
    public const string Name = "C epoll";

    private const string Compiler = "gcc";

    private static readonly string Source = Path.Combine(AppContext.BaseDirectory, "Subjects", "epoll_server.c");

    private static readonly Lazy<string?> PlainFault = new(() => Build(tls: false));
    private static readonly Lazy<string?> TlsFault = new(() => Build(tls: true));

    /// <summary>Why it cannot serve on this machine; null when it can.</summary>
    public static string? WhyMissing(bool tls) => OperatingSystem.IsLinux() ? (tls ? TlsFault : PlainFault).Value : "epoll is Linux's";

    public static Subject For(ServeOptions options) => new(Name, Program(options.Tls), Arguments(options));

    private static IReadOnlyList<string> Arguments(ServeOptions options) =>
    [
        "--framing", ServeArguments.NameOf(options.Framing),
        "--loops", options.Loops.ToString(CultureInfo.InvariantCulture),
        .. options.Tls ? ["--cert", DevelopmentCertificate.Path, "--key", DevelopmentCertificate.KeyPath] : Array.Empty<string>(),
    ];

    private static string Program(bool tls) => Path.Combine(AppContext.BaseDirectory, "native", $"epoll_server-{Hash()}{(tls ? "-tls" : "")}");

    private static string Hash() => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Source)))[..16];

    /// <summary>What went wrong, or null.</summary>
    private static string? Build(bool tls)
    {
        string program = Program(tls);
        if (File.Exists(program))
            return null;

        // Moved to its place when it is whole: others may build it at the same time.
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        string unfinished = $"{program}.{Environment.ProcessId}";
        if (Compile(unfinished, tls) is { } fault)
            return fault;

        File.Move(unfinished, program, overwrite: true);
        return null;
    }

    private static string? Compile(string program, bool tls)
    {
        string[] withTls = tls ? ["-DWITH_TLS", "-lssl", "-lcrypto"] : [];
        var start = new ProcessStartInfo(Compiler, ["-O2", "-pthread", "-o", program, Source, .. withTls]) { RedirectStandardError = true };
        try
        {
            using Process compiler = Process.Start(start)!;
            string errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? null : $"{Compiler} could not build it: {FirstError(errors)}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return $"no C compiler ({Compiler}) is installed";
        }
    }

    private static string FirstError(string errors)
    {
        string[] lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.FirstOrDefault(static line => line.Contains("error", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "it does not say why";
    }
}
