using System.Runtime.InteropServices;

namespace EsockdNetty.Opening;

/// <summary>Hears SIGTERM and SIGINT instead of letting them end the process.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly Action<string, bool> _onSignal;
    private readonly PosixSignalRegistration[] _registrations;
    private int _heard;

    /// <param name="onSignal">Called with the signal's name, and true from the second one on.</param>
    public StopSignals(Action<string, bool> onSignal)
    {
        _onSignal = onSignal;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hear), PosixSignalRegistration.Create(PosixSignal.SIGINT, Hear)];
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private void Hear(PosixSignalContext context)
    {
        context.Cancel = true;
        _onSignal(context.Signal.ToString(), Interlocked.Increment(ref _heard) > 1);
    }
}
