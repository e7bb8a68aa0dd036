namespace EsockdNetty.Accepting;

/// <summary>The user event of a server pipeline whose listener's options were changed: a stage that waits because of them judges anew.</summary>
public sealed class ListenerUpdated
{
    /// <summary>The one instance.</summary>
    public static readonly ListenerUpdated Instance = new();

    private ListenerUpdated()
    {
    }
}
