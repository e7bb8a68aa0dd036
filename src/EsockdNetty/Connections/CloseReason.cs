namespace EsockdNetty.Connections;

/// <summary>Why a connection ended. The same words stand in logs, metrics and statistics.</summary>
public enum CloseReason
{
    /// <summary>The peer ended it in order (FIN).</summary>
    PeerClosed,

    /// <summary>It broke: the peer reset it, the network failed, or it was aborted without a reason being given.</summary>
    Reset,

    /// <summary>A handler or the application closed it.</summary>
    Closed,

    /// <summary>No byte was received for the idle time.</summary>
    Idle,

    /// <summary>More waited to be sent to it than is allowed: the peer reads too slowly.</summary>
    SlowConsumer,

    /// <summary>The oldest byte that waited to be sent became too old.</summary>
    SendTimeout,

    /// <summary>A frame was begun and not ended in time.</summary>
    FrameTimeout,

    /// <summary>A frame was longer than is allowed.</summary>
    FrameTooLong,

    /// <summary>The TLS handshake failed.</summary>
    HandshakeFailed,

    /// <summary>The TLS handshake was not done in time.</summary>
    HandshakeTimeout,

    /// <summary>What came on a TLS port was not TLS.</summary>
    NotTls,

    /// <summary>It was the oldest of too many connections that were not admitted yet.</summary>
    PendingOverflow,

    /// <summary>A handler let an exception escape.</summary>
    HandlerFault,

    /// <summary>Its listener drained.</summary>
    Drained,

    /// <summary>Its listener or server was stopped without a drain.</summary>
    Stopped,

    /// <summary>An operator closed it.</summary>
    Kicked,

    /// <summary>The process held more received and unsent bytes than its budget, and this connection the most of them.</summary>
    BufferBudget,

    /// <summary>What came could not be a frame, as a decoder of the user's says (<see cref="DotNetty.Codecs.CorruptedFrameException"/>).</summary>
    BadFrame,
}
