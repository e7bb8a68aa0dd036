namespace EsockdNetty.Benchmarks.Running;

/// <summary>What is going on: one line rewritten on a terminal, plain lines elsewhere.</summary>
internal sealed class ProgressLine(TextWriter output, bool rewrites) : IDisposable
{
    private const string Rewind = "\r\u001b[K";

    public void Show(string text)
    {
        if (rewrites)
            output.Write(Rewind + text);
        else
            output.WriteLine(text);
        output.Flush();
    }

    /// <summary>A line that stays.</summary>
    public void Tell(string text)
    {
        Clear();
        output.WriteLine(text);
    }

    public void Clear()
    {
        if (rewrites)
            output.Write(Rewind);
    }

    public void Dispose() => Clear();
}
