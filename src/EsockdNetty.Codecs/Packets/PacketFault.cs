namespace EsockdNetty.Codecs;

/// <summary>What is wrong with a packet.</summary>
public enum PacketFault
{
    /// <summary>Received: the body announced, or the line, is longer than MaxFrame.</summary>
    FrameTooLong = 1,

    /// <summary>To be sent: the body is longer than its header can say or than MaxFrame.</summary>
    BodyTooLong,

    /// <summary>Received: a frame was begun and did not arrive in time.</summary>
    FrameTimeout,
}
