namespace EsockdNetty.Connections;

/// <summary>What becomes of a write to a connection for which too much waits already.</summary>
public enum SlowConsumerPolicy
{
    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>
    /// The write is dropped and fails, the connection goes on: for broadcasts, where the next message replaces this one. Each message that reaches the
    /// stage is judged by itself: of an encoder that makes several of one, such as a header and a body, one may be dropped and the others sent, and the
    /// stream is broken for good. Let such an encoder make one buffer of them (<c>allocator.CompositeBuffer()</c> copies nothing), or use
    /// <see cref="Reset"/>. What ships with this library makes one.
    /// </summary>
    DropWrite,
}
