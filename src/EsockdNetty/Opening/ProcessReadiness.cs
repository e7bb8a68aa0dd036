using System.Net.Sockets;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Opening;

/// <summary>
/// Makes the process ready for a full descriptor table, once: loading an assembly and starting a thread need descriptors, and .NET aborts when
/// a thread cannot be started. So pool threads are started, and the error path is walked, while there are some.
/// </summary>
internal static class ProcessReadiness
{
    private static int _prepared;

    public static void Prepare()
    {
        if (Interlocked.Exchange(ref _prepared, 1) == 1)
        {
            return;
        }

        StartPoolThreads();
        WalkErrorPath();
    }

    private static void StartPoolThreads()
    {
        // One each for what the sockets report, and a few for what runs beside it.
        int threads = Environment.ProcessorCount + 2;
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, threads), ports);
        var all = new CountdownEvent(threads);
        for (int i = 0; i < threads; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static all =>
                {
                    // Each holds its thread until all have one.
                    all.Signal();
                    all.Wait(TimeSpan.FromSeconds(1));
                },
                all,
                preferLocal: false);
        }
    }

    private static void WalkErrorPath()
    {
        var fault = new AcceptException(AcceptErrorKind.Descriptors, SocketError.TooManyOpenSockets);
        _ = fault.ToString();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.LingerState = new LingerOption(true, 0);
    }
}
