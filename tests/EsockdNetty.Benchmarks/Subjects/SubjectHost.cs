using System.Runtime.InteropServices;

namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>This process as a subject: it says where it listens, answers <c>figures</c> on its input, and ends on SIGTERM.</summary>
internal static class SubjectHost
{
    private const int WrongArguments = 2;

    /// <summary>Runs <c>serve</c>; the arguments are those after it.</summary>
    public static async Task<int> Run(string[] args)
    {
        if (ServeArguments.Parse(args) is not { } serve)
        {
            await Console.Error.WriteLineAsync(ServeArguments.Usage);
            return WrongArguments;
        }

        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => End(context, stop));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => End(context, stop));
        await using IEchoServer server = await Start(serve);
        FigureLines.Begin();
        Console.WriteLine($"listening {(serve.Options.Tls ? "ssl" : "tcp")}://127.0.0.1:{server.Port}");
        await stop.Task;
        return 0;
    }

    private static void End(PosixSignalContext context, TaskCompletionSource stop)
    {
        context.Cancel = true;
        stop.TrySetResult();
    }

    private static async Task<IEchoServer> Start(ServeArguments serve) => serve.Kind switch
    {
        ServerKind.EsockdEpoll => await EsockdServer.StartAsync(serve, SocketTransport.Epoll),
        ServerKind.EsockdSockets => await EsockdServer.StartAsync(serve, SocketTransport.Sockets),
        ServerKind.Kestrel => await KestrelServer.StartAsync(serve.Options),
        _ => SocketLoopServer.Start(serve.Options),
    };
}
