using System.Security.Authentication;
using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Load;

/// <summary>One run of the generator.</summary>
internal sealed record LoadOptions
{
    public required LoadTarget Target { get; init; }

    public LoadMode Mode { get; init; }

    public int Connections { get; init; } = 64;

    /// <summary>Messages under way on a connection in a closed loop.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>Bytes of a message, without its frame's header.</summary>
    public int Size { get; init; } = 64;

    public Framing Framing { get; init; }

    /// <summary>The version of TLS to insist on; none leaves it to both sides.</summary>
    public SslProtocols TlsVersion { get; init; }

    /// <summary>Messages a second over all connections in an open loop.</summary>
    public double Rate { get; init; } = 1000;

    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Event loops of the generator.</summary>
    public int Loops { get; init; } = 1;

    /// <summary>Never sleep: for a generator that has a processor of its own, where its waking would be part of what is measured.</summary>
    public bool Spin { get; init; }

    /// <summary>Stops among idle connections at which the server's memory is read.</summary>
    public int Steps { get; init; } = 5;

    /// <summary>How long all these steps may take together.</summary>
    public TimeSpan MostOpeningInSteps => Enumerable.Range(1, Steps).Aggregate(TimeSpan.Zero, (sum, step) => sum + MostOpening(OpenAfter(step)));

    /// <summary>False: idle connections never send.</summary>
    public bool EchoOnIdle { get; init; } = true;

    /// <summary>
    /// Waits for a line, or the end, on the standard input: with idle connections once all are open, else before and after the measurement while the
    /// load goes on, for who asks the server in between.
    /// </summary>
    public bool Hold { get; init; }

    /// <summary>How long opening may take, up to so many connections; the generator says then how many were open.</summary>
    public static TimeSpan MostOpening(int connections) => TimeSpan.FromSeconds(60) + TimeSpan.FromMilliseconds(connections);

    /// <summary>Connections that are open after a step of idle ones; the first is step 1.</summary>
    public int OpenAfter(int step) => (int)((long)Connections * step / Steps);
}
