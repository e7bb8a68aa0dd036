namespace EsockdNetty.Benchmarks.Load;

/// <summary>What the generator does with its connections.</summary>
internal enum LoadMode
{
    /// <summary>Closed loop: every connection keeps as many messages under way as its depth, and sends the next when one has come back.</summary>
    Echo,

    /// <summary>Open loop: messages leave by the clock, whatever has come back.</summary>
    Paced,

    /// <summary>Connect, one echo, close, again.</summary>
    Connect,

    /// <summary>Connect, a full TLS handshake, close, again.</summary>
    Handshake,

    /// <summary>Opens connections, has one message echoed on each, and holds them.</summary>
    Idle,
}
