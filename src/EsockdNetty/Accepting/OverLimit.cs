namespace EsockdNetty.Accepting;

/// <summary>What becomes of connections above a limit.</summary>
public enum OverLimit
{
    /// <summary>They are accepted and refused at once.</summary>
    Refuse,

    /// <summary>
    /// They wait in the system's backlog: nothing is accepted until another connection has ended, or the rate has the next token. A listener that keeps
    /// a client waiting warns after 5 s of it (<see cref="Listener.IsWaiting"/>).
    /// </summary>
    Wait,
}
