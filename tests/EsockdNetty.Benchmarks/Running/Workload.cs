using EsockdNetty.Benchmarks.Load;
using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>One load, and which of its figures is compared.</summary>
internal sealed record Workload(string Name, string Title, ServeOptions Serve)
{
    public LoadMode Mode { get; init; }

    public int Connections { get; init; } = 64;

    public int Depth { get; init; } = 1;

    public int Size { get; init; } = 64;

    public double Rate { get; init; } = 1000;

    /// <summary>What is compared.</summary>
    public Measure Measure { get; init; } = Measure.Cpu;

    /// <summary>With whom.</summary>
    public Comparison Comparison { get; init; } = Comparison.WithReference;

    /// <summary>True when only this framework's own servers take part: what takes minutes each is not asked of the others.</summary>
    public bool OursOnly { get; init; }

    /// <summary>True when every round starts its servers anew; otherwise they are kept, warm, over all rounds of the workload.</summary>
    public bool Fresh { get; init; }

    /// <summary>Rounds, where one is enough.</summary>
    public int? Rounds { get; init; }

    public LoadOptions For(LoadTarget target) => new()
    {
        Target = target,
        Mode = Mode,
        Connections = Connections,
        Depth = Depth,
        Size = Size,
        Framing = Serve.Framing,
        TlsVersion = Serve.Tls ? System.Security.Authentication.SslProtocols.Tls13 : default,
        Rate = Rate,
        Hold = Mode == LoadMode.Idle,
    };
}
