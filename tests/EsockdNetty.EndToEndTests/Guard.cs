namespace EsockdNetty.EndToEndTests;

/// <summary>How long a test waits for what must happen, before it calls it a failure.</summary>
internal static class Guard
{
    public static readonly TimeSpan Event = TimeSpan.FromSeconds(20);

    /// <summary>A program's whole run: it must start, and perhaps compile, on a busy machine.</summary>
    public static readonly TimeSpan Program = TimeSpan.FromSeconds(90);

    public static CancellationToken Within(TimeSpan time) => new CancellationTokenSource(time).Token;
}
