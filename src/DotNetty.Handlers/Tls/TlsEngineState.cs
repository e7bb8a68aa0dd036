namespace DotNetty.Handlers.Tls;

internal enum TlsEngineState
{
    /// <summary>Made, not started.</summary>
    Created,

    /// <summary>Waiting for the peer's next flight.</summary>
    Handshaking,

    /// <summary>The next step may do network I/O (revocation): <see cref="ITlsEngine.Verify"/> has to run on a worker before anything else.</summary>
    WantsVerification,

    /// <summary>Handshake done; data flows until either direction is closed.</summary>
    Established,

    /// <summary>Over, for the reason in <see cref="ITlsEngine.Failure"/>. An alert for the peer may stand in the ciphertext.</summary>
    Failed,

    Disposed,
}
