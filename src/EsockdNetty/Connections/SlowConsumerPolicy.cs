namespace EsockdNetty.Connections;

/// <summary>What becomes of a write to a connection for which too much waits already.</summary>
public enum SlowConsumerPolicy
{
    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>The write is dropped and fails, the connection goes on: for broadcasts, where the next message replaces this one.</summary>
    DropWrite,
}
