using System.CommandLine;
using System.Security.Authentication;
using System.Text.Json;
using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Load;

/// <summary>
/// The verb <c>load</c>: the generator in a process of its own. It prints its result as one line of JSON, and exits 1 when a byte was wrong or a
/// connection failed.
/// </summary>
internal static class LoadCommand
{
    /// <summary>Before the line of JSON that it prints when it pauses for a line.</summary>
    public const string PausedPrefix = "paused ";

    /// <summary>The whole line that tells of a generator that is warm, and waits for a line of its target.</summary>
    public const string Rehearsed = "ready";

    private static readonly TimeSpan Rehearsal = TimeSpan.FromSeconds(2);

    private static readonly Argument<string> Target = new("target") { Description = "tcp://ADDRESS:PORT or ssl://ADDRESS:PORT on loopback" };
    private static readonly Option<int> ProcessId = New("--pid", 0, "the server's process, to read its processor time and memory");
    private static readonly Option<LoadMode> Mode = New("--mode", LoadMode.Echo, "what to do with the connections");
    private static readonly Option<int> Connections = New("--connections", 64, "connections");
    private static readonly Option<int> Depth = New("--depth", 1, "messages under way on each");
    private static readonly Option<int> Size = New("--size", 64, "bytes of a message");
    private static readonly Option<Framing> Frames = New("--framing", Framing.Raw, "how messages are told apart");
    private static readonly Option<string> Tls = New("--tls", "any", "1.2, 1.3 or any");
    private static readonly Option<double> Rate = New("--rate", 1000.0, "messages a second when paced");
    private static readonly Option<double> Warmup = New("--warmup", 1.0, "seconds before it is measured");
    private static readonly Option<double> Seconds = New("--seconds", 3.0, "seconds that are measured");
    private static readonly Option<int> Loops = New("--loops", 1, "event loops of the generator");
    private static readonly Option<bool> Spin = New("--spin", false, "never sleep, for a generator that has a processor of its own");
    private static readonly Option<bool> Hold = New("--hold", false, "pause for a line on the standard input: idle with all connections open, else before and after the measurement, under load");
    private static readonly Option<bool> Silent = New("--silent", false, "idle: never send");
    private static readonly Option<bool> Rehearse = New("--rehearse", false, "warm up on the target, then read another and its process from the standard input");

    /// <summary>The arguments that come to the same options.</summary>
    public static IReadOnlyList<string> Arguments(LoadOptions options, bool rehearse = false)
    {
        List<string> arguments =
        [
            "load", options.Target.ToString(), "--pid", $"{options.Target.ProcessId}", "--mode", $"{options.Mode}",
            "--connections", $"{options.Connections}", "--depth", $"{options.Depth}", "--size", $"{options.Size}", "--framing", $"{options.Framing}",
            "--tls", VersionText(options.TlsVersion), "--rate", $"{options.Rate}", "--warmup", $"{options.Warmup.TotalSeconds}",
            "--seconds", $"{options.Duration.TotalSeconds}", "--loops", $"{options.Loops}",
        ];
        (bool Set, string Name)[] flags = [(options.Spin, "--spin"), (options.Hold, "--hold"), (!options.EchoOnIdle, "--silent"), (rehearse, "--rehearse")];
        arguments.AddRange(flags.Where(static flag => flag.Set).Select(static flag => flag.Name));
        return arguments;
    }

    public static RootCommand New()
    {
        var command = new RootCommand("Generates load on a server, and verifies every byte that comes back.") { Target };
        Option[] options = [ProcessId, Mode, Connections, Depth, Size, Frames, Tls, Rate, Warmup, Seconds, Loops, Spin, Hold, Silent, Rehearse];
        foreach (Option option in options)
            command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>The options of parsed arguments; null when the target is none.</summary>
    public static LoadOptions? Read(ParseResult parsed)
    {
        if (LoadTarget.Parse(parsed.GetValue(Target) ?? "", parsed.GetValue(ProcessId)) is not { } target)
            return null;

        return new LoadOptions
        {
            Target = target,
            Mode = parsed.GetValue(Mode),
            Connections = parsed.GetValue(Connections),
            Depth = parsed.GetValue(Depth),
            Size = parsed.GetValue(Size),
            Framing = parsed.GetValue(Frames),
            TlsVersion = Version(parsed.GetValue(Tls)),
            Rate = parsed.GetValue(Rate),
            Warmup = TimeSpan.FromSeconds(parsed.GetValue(Warmup)),
            Duration = TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
            Loops = parsed.GetValue(Loops),
            Spin = parsed.GetValue(Spin),
            Hold = parsed.GetValue(Hold),
            EchoOnIdle = !parsed.GetValue(Silent),
        };
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancelled)
    {
        if (Read(parsed) is not { } options)
        {
            Console.Error.WriteLine($"load: {parsed.GetValue(Target)}: not tcp:// or ssl:// with a loopback address and a port");
            return 2;
        }

        if (parsed.GetValue(Rehearse))
        {
            await LoadRun.RunAsync(options with { Warmup = TimeSpan.Zero, Duration = Rehearsal });
            Console.WriteLine(Rehearsed);
            options = options with { Target = await ReadTargetAsync(cancelled) };
        }

        LoadResult result = await LoadRun.RunAsync(options, options.Hold ? PauseAsync : null);
        Console.WriteLine(JsonSerializer.Serialize(result));
        return result.Mismatches + result.Errors > 0 ? 1 : 0;
    }

    private static async Task PauseAsync(LoadResult found)
    {
        Console.WriteLine(PausedPrefix + JsonSerializer.Serialize(found));
        await Console.In.ReadLineAsync();
    }

    private static async Task<LoadTarget> ReadTargetAsync(CancellationToken cancelled)
    {
        string[] words = (await Console.In.ReadLineAsync(cancelled) ?? "").Split(' ');
        return LoadTarget.Parse(words[0], int.Parse(words[1])) ?? throw new InvalidOperationException($"{words[0]}: no target");
    }

    private static SslProtocols Version(string? text) => text switch
    {
        "1.2" => SslProtocols.Tls12,
        "1.3" => SslProtocols.Tls13,
        _ => SslProtocols.Tls12 | SslProtocols.Tls13,
    };

    private static string VersionText(SslProtocols version) => version switch { SslProtocols.Tls12 => "1.2", SslProtocols.Tls13 => "1.3", _ => "any" };

    private static Option<T> New<T>(string name, T value, string description) =>
        new(name) { DefaultValueFactory = _ => value, Description = description };
}
