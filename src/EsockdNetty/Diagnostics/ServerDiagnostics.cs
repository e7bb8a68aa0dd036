using System.Diagnostics.Metrics;

namespace EsockdNetty.Diagnostics;

/// <summary>What a server tells of itself: its metrics, and how its loops keep up. From its start to its stop.</summary>
internal sealed class ServerDiagnostics : IDisposable
{
    public ServerDiagnostics(IMeterFactory? factory, Func<IEnumerable<Listener>> listeners)
    {
        Metrics = new ServerMetrics(factory, listeners);
        Lags = new LoopLags { Seen = lag => Metrics.LoopLag.Record(lag.TotalSeconds) };
    }

    public ServerMetrics Metrics { get; }

    public LoopLags Lags { get; }

    public void Dispose() => Metrics.Dispose();
}
