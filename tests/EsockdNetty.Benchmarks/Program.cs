using System.CommandLine;
using EsockdNetty.Benchmarks.Load;
using EsockdNetty.Benchmarks.Micro;
using EsockdNetty.Benchmarks.Subjects;

// The two verbs of others read their arguments themselves.
if (args is ["serve", ..])
    return await SubjectHost.Run(args[1..]);
if (args is ["micro", ..])
    return MicroBenchmarks.Run(args[1..]);

return await new RootCommand { LoadCommand.New() }.Parse(args).InvokeAsync();
