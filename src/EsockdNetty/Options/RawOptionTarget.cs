namespace EsockdNetty;

/// <summary>Whose option a <see cref="RawOption"/> is.</summary>
public enum RawOptionTarget
{
    /// <summary>Each connection's, set when it was accepted.</summary>
    Connections,

    /// <summary>The listening socket's, set before it is bound. Connections inherit many of them (on Linux most), without a call for each.</summary>
    ListeningSocket,
}
