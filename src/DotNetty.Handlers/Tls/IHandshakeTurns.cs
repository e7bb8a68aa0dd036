using DotNetty.Common.Concurrency;

namespace DotNetty.Handlers.Tls;

/// <summary>
/// Says when a server's handshakes may take their next step, so that many of them do not keep a loop from everything else. A step begins when the
/// peer's flight is there, and ends when ours is written; waiting for the peer is no part of it.
/// </summary>
public interface IHandshakeTurns
{
    /// <summary>Begins a step on <paramref name="executor"/>, the one that is running. Each step that began is ended by <see cref="End"/>.</summary>
    /// <returns>False when it is not its turn: then <paramref name="step"/> is told on the executor, after all who wait already.</returns>
    bool TryBegin(IEventExecutor executor, IHandshakeStep step);

    /// <summary>A step is done. Any thread; must not throw.</summary>
    void End();
}
