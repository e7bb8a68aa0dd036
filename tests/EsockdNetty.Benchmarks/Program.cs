using System.CommandLine;
using EsockdNetty.Benchmarks.Load;
using EsockdNetty.Benchmarks.Micro;
using EsockdNetty.Benchmarks.Running;
using EsockdNetty.Benchmarks.Subjects;

// The verbs of others read their arguments themselves.
if (args is ["serve", ..])
    return await SubjectHost.Run(args[1..]);
if (args is ["micro", ..])
    return MicroBenchmarks.Run(args[1..]);

// Without a verb it runs everything.
RootCommand command = args is ["load", ..] ? LoadCommand.New() : RunCommand.New();
// A run ends by a signal in its own way, and in its own time.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = args is ["load", ..] ? TimeSpan.FromSeconds(2) : null };
return await command.Parse(args is ["load" or "run", .. var rest] ? rest : args).InvokeAsync(invocation);
