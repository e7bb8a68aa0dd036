namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>The servers that this program itself can be.</summary>
internal enum ServerKind
{
    /// <summary>Ours, on epoll.</summary>
    EsockdEpoll,

    /// <summary>Ours, on .NET's sockets.</summary>
    EsockdSockets,

    /// <summary>ASP.NET's, without HTTP.</summary>
    Kestrel,

    /// <summary>A plain loop of reads and writes.</summary>
    SocketLoop,
}
