namespace EsockdNetty.Connections;

/// <summary>Is told when a connection comes or goes.</summary>
internal interface IConnectionCountWatcher
{
    /// <summary>There were <paramref name="count"/> connections just now; calls may overtake each other. On whatever thread it happened: never waits, never throws.</summary>
    void OnCount(int count);
}
