namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>A running server of this process, which ends when the server is disposed.</summary>
internal interface IEchoServer : IAsyncDisposable
{
    int Port { get; }
}
