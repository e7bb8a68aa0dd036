using System.Runtime.InteropServices;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>The wish to end early: once asked, no round is begun any more; asked again, what is running is given up.</summary>
internal sealed class Interruption(Action<string> tell) : IDisposable
{
    private readonly CancellationTokenSource _atOnce = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _asked;

    public bool IsAsked => Volatile.Read(ref _asked) > 0;

    /// <summary>Cancelled when it is asked for the second time.</summary>
    public CancellationToken AtOnce => _atOnce.Token;

    /// <summary>One that is asked for by Ctrl+C, by SIGTERM, and by a terminal that is closed.</summary>
    public static Interruption BySignals(Action<string> tell)
    {
        var interruption = new Interruption(tell);
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            interruption._signals.Add(PosixSignalRegistration.Create(signal, interruption.Ask));
        return interruption;
    }

    public void Ask()
    {
        if (Interlocked.Increment(ref _asked) > 1)
            _atOnce.Cancel();
        else
            tell("interrupted: this is the last round; once more ends at once");
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
            signal.Dispose();
        _atOnce.Dispose();
    }

    private void Ask(PosixSignalContext context)
    {
        context.Cancel = true;
        Ask();
    }
}
