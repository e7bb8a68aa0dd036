namespace EsockdNetty;

/// <summary>A listener has lost its socket and was bound again so often, ten times within an hour, that it gave up. Its connections live until it is closed.</summary>
public sealed class ListenerFailedException : IOException
{
    /// <summary>Names the listener and, if the last try to bind failed, why.</summary>
    public ListenerFailedException(string listener, Exception? innerException = null)
        : base(
            $"listener {listener} lost its listening socket too often (10 times within an hour)"
            + (innerException is null ? ": find out who closes it" : $", last because of this: {innerException.Message}")
            + ". Close the listener and open it again",
            innerException) => Listener = listener;

    /// <summary>The listener's name.</summary>
    public string Listener { get; }
}
