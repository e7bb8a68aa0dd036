using System.CommandLine;
using EsockdNetty.Benchmarks.Reporting;
using Spectre.Console;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>The verb <c>run</c>, which is also what the program does without one.</summary>
internal static class RunCommand
{
    // What a shell says of a program that Ctrl+C has ended.
    private const int Interrupted = 130;

    private static readonly Option<int> Rounds = new("--rounds") { Description = "rounds of each workload", DefaultValueFactory = _ => Budget.FewestRounds };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "seconds that are measured, of each server and round", DefaultValueFactory = _ => 3 };
    private static readonly Option<double> Warmup = new("--warmup") { Description = "seconds before that", DefaultValueFactory = _ => 1 };
    private static readonly Option<string> Only = new("--only") { Description = $"workloads, by commas: {string.Join(',', WorkloadCatalog.All.Select(static workload => workload.Name))}" };
    private static readonly Option<string> Subjects = new("--subjects") { Description = "servers, by commas, by how their names begin" };
    private static readonly Option<string> Output = new("--output") { Description = "the folder of results.md and results.svg", DefaultValueFactory = _ => new RunOptions().Output };
    private static readonly Option<string> ServerProcessors = new("--server-cpus") { Description = "processors of the servers, as taskset takes them" };
    private static readonly Option<string> LoadProcessors = new("--load-cpus") { Description = "processors of the generator" };
    private static readonly Option<bool> Quick = new("--quick") { Description = "one short round: does it work?" };

    static RunCommand()
    {
        Only.Validators.Add(static result =>
        {
            foreach (string name in Names(result.GetValueOrDefault<string>()).Where(static name => WorkloadCatalog.All.All(workload => workload.Name != name)))
                result.AddError($"--only {name}: no such workload");
        });
        Rounds.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--rounds: at least 1");
        });
    }

    public static RootCommand New()
    {
        var command = new RootCommand("Measures EchoServer beside other servers. Other verbs: load, serve, micro.");
        Option[] options = [Rounds, Seconds, Warmup, Only, Subjects, Output, ServerProcessors, LoadProcessors, Quick];
        foreach (Option option in options)
            command.Options.Add(option);
        command.SetAction((parsed, _) => RunAsync(Read(parsed)));
        return command;
    }

    public static RunOptions Read(ParseResult parsed)
    {
        var options = new RunOptions
        {
            Rounds = parsed.GetValue(Rounds),
            Duration = TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
            Warmup = TimeSpan.FromSeconds(parsed.GetValue(Warmup)),
            Only = Names(parsed.GetValue(Only)),
            Subjects = Names(parsed.GetValue(Subjects)),
            Output = parsed.GetValue(Output)!,
            ServerProcessors = parsed.GetValue(ServerProcessors),
            LoadProcessors = parsed.GetValue(LoadProcessors),
        };
        return parsed.GetValue(Quick) ? options.Quick() : options;
    }

    private static async Task<int> RunAsync(RunOptions options)
    {
        using var progress = new ProgressLine(Console.Error, rewrites: !Console.IsErrorRedirected);
        using var interruption = Interruption.BySignals(progress.Tell);
        var files = new ReportFiles(options.Output);
        try
        {
            Results results = await new Runner(options, progress, files.Write).RunAsync(interruption);
            progress.Clear();
            ConsoleReport.Write(results, AnsiConsole.Console);
            Console.WriteLine(results.Rows.Count > 0 ? $"wrote {files.Markdown} and {files.Chart}" : "nothing was measured, nothing written");
            return interruption.IsAsked ? Interrupted : results.Lost ? 1 : 0;
        }
        catch (RunFailedException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }

    private static string[] Names(string? list) => list?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
