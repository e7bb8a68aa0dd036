namespace DotNetty.Transport.Channels;

/// <summary>A handler that keeps received bytes from one event to the next, such as the first part of a message. On its executor only.</summary>
public interface IStorageHolder
{
    /// <summary>Bytes of storage it keeps alive; 0 when it keeps none.</summary>
    long HeldStorage { get; }
}
