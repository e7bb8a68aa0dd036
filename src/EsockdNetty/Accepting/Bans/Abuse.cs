namespace EsockdNetty.Accepting.Bans;

/// <summary>What a client can do to earn points towards a ban.</summary>
public enum Abuse
{
    /// <summary>It sent a frame that is too long, was not ended in time or cannot be one.</summary>
    BadFraming,

    /// <summary>Its TLS handshake failed or was not done in time, or it spoke something else on a TLS port.</summary>
    FailedHandshake,

    /// <summary>It connected although the access rules deny it.</summary>
    Denied,

    /// <summary>It connected faster than it may.</summary>
    RateExceeded,
}
