namespace DotNetty.Handlers.Tls;

/// <summary>What a server does about client certificates.</summary>
public enum ClientCertificateMode
{
    /// <summary>Does not ask.</summary>
    None,

    /// <summary>Asks; a client without one is served, one that shows a bad one is not.</summary>
    Optional,

    /// <summary>Asks; a handshake without a good one fails.</summary>
    Required,
}
