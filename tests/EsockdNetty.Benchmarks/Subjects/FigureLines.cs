namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>Answers each line <c>figures</c> on the standard input with one line of what the process has allocated and collected.</summary>
internal static class FigureLines
{
    public const string Question = "figures";

    /// <summary>Begins, on a thread of its own: reading the console blocks.</summary>
    public static void Begin() => new Thread(Answer) { IsBackground = true, Name = "figures" }.Start();

    private static void Answer()
    {
        while (Console.In.ReadLine() is { } line)
            if (line.Trim() == Question)
                Console.WriteLine($"{Question} {Figures.Now().Text()}");
    }
}
