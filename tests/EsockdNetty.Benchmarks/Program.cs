using EsockdNetty.Benchmarks.Micro;
using EsockdNetty.Benchmarks.Subjects;

switch (args)
{
    case ["serve", .. var rest]:
        return await SubjectHost.Run(rest);
    case ["micro", .. var rest]:
        return MicroBenchmarks.Run(rest);
    default:
        Console.Error.WriteLine("serve KIND ... | micro ...");
        return 2;
}
