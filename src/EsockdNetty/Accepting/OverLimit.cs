namespace EsockdNetty.Accepting;

/// <summary>What becomes of connections above a limit.</summary>
public enum OverLimit
{
    /// <summary>They are accepted and refused at once.</summary>
    Refuse,

    /// <summary>They wait in the system's backlog: nothing is accepted until another connection has ended.</summary>
    Wait,
}
