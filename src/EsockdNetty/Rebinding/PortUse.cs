namespace EsockdNetty.Rebinding;

/// <summary>How a listening socket takes its port.</summary>
internal enum PortUse
{
    /// <summary>Alone, to the end.</summary>
    Alone,

    /// <summary>
    /// Alone, so that a port in use is an error, whoever has it; when it listens, others of ours may join (SO_REUSEPORT). There is no moment
    /// at which another program could slip in.
    /// </summary>
    First,

    /// <summary>Beside ours that listen there already (SO_REUSEPORT).</summary>
    Joining,
}
