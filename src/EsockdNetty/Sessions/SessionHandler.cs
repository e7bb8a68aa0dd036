namespace EsockdNetty;

/// <summary>
/// Serves one connection as a loop. Runs on the connection's event loop, where every <c>await</c> resumes; the connection is closed when it
/// returns. <paramref name="closed"/> is cancelled when the connection is closed.
/// </summary>
public delegate Task SessionHandler(Session session, CancellationToken closed);
