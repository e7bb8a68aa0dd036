namespace EsockdNetty.Accepting;

/// <summary>
/// The user event of a server pipeline whose listener begins to drain, is suspended or has failed: what the backlog holds is still taken, as far as
/// limits go, then the socket is closed.
/// </summary>
public sealed class ListenerDraining
{
    /// <summary>The one instance.</summary>
    public static readonly ListenerDraining Instance = new();

    private ListenerDraining()
    {
    }
}
