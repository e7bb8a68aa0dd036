namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>A running server of this process. Disposing ends it, and its connections.</summary>
internal interface IEchoServer : IAsyncDisposable
{
    int Port { get; }
}
