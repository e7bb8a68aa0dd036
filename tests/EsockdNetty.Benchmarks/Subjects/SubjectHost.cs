namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>Serves one of the subjects that live in this program.</summary>
internal static class SubjectHost
{
    public static Task<int> Run(string[] args)
    {
        Console.Error.WriteLine($"serve {string.Join(' ', args)}: no such server");
        return Task.FromResult(2);
    }
}
