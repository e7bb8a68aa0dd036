namespace DotNetty.Handlers.Tls;

/// <summary>A step of a handshake that waits for its turn.</summary>
public interface IHandshakeStep
{
    /// <summary>It is its turn: takes the step.</summary>
    /// <returns>False when there is no step to take any more; then it did not begin.</returns>
    bool TakeTurn();
}
