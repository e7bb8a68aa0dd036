namespace EsockdNetty.Connections;

/// <summary>
/// Work for a connection that is under way, from <see cref="Connection.BeginWork"/> to its end: until then the connection is not quiet, and a
/// drain leaves it alone up to its deadline.
/// </summary>
public sealed class ConnectionWork : IDisposable
{
    private ConnectionLease? _lease;

    internal ConnectionWork(ConnectionLease lease)
    {
        _lease = lease;
        lease.BeginWork();
    }

    /// <summary>Ends it. Any thread; once is enough, and again does nothing.</summary>
    public void Dispose() => Interlocked.Exchange(ref _lease, null)?.EndWork();
}
