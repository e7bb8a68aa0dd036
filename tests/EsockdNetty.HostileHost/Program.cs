using System.Text.Json;
using DotNetty.Common.Internal.Logging;
using EsockdNetty;
using EsockdNetty.HostileHost;
using EsockdNetty.HostileHost.Handlers;

// A server for tests that watch its memory: it is alone in its process. Its first argument is the transport. It says where it listens, then answers
// lines on its standard input: "mark", "collect", "lose", "lose and reuse", "child" and "stats" each with its figures as one line of JSON. The end of
// the input is its own. A "+" among the arguments begins another listener; the figures are those of all together. What it logs from Warning on goes to
// its standard error.
using var log = new StandardErrorLog();
InternalLoggerFactory.DefaultFactory = log;
var options = new SocketServerOptions { LoggerFactory = log, Transport = Enum.Parse<SocketTransport>(args[0]) };

// What others do on the machine is no part of these tests: newcomers are not refused because of it.
options.Overload.LoopLag = null;
await using var server = new SocketServer(options);
List<Listener> listeners = [];
foreach (string[] arguments in HostOptions.PerListener(args[1..]))
    listeners.Add(await Open(Enum.Parse<ServerKind>(arguments[0]), HostOptions.Parse($"hostile{listeners.Count}", arguments[1..])));
Console.WriteLine($"listening {string.Join(' ', listeners.Select(static listener => listener.Address))}");

using var over = new CancellationTokenSource();
var meter = new Meter(listeners);
_ = meter.LookAsync(over.Token);
while (await Console.In.ReadLineAsync() is { } command)
{
    if (command == "mark")
        meter.Mark();
    if (command is "lose" or "lose and reuse")
        ListeningDescriptors.Lose(reuse: command == "lose and reuse");
    if (command == "child")
        await HostChild.RunAsync();
    if (command == "collect")
        Collect();
    Console.WriteLine(JsonSerializer.Serialize(meter.Read()));
}

await over.CancelAsync();

Task<Listener> Open(ServerKind kind, ListenerOptions options)
{
    var chat = new ChatHandler();
    return kind switch
    {
        ServerKind.Session => server.OpenAsync(options, Echo),
        ServerKind.ErrorSession => server.OpenAsync(options, Fail),
        ServerKind.Chat => server.OpenAsync(options, pipeline => pipeline.AddLast(chat)),
        ServerKind.Replier => server.OpenAsync(options, pipeline => pipeline.AddLast(new ReplierHandler())),
        ServerKind.Error => server.OpenAsync(options, pipeline => pipeline.AddLast(new ErrorHandler())),
        _ => server.OpenAsync(options, pipeline => pipeline.AddLast(new EchoHandler())),
    };
}

// Twice: what a finalizer lets go is garbage after it has run, and a task nobody looked at is told of by one.
static void Collect()
{
    for (int i = 0; i < 2; i++)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
    }
}

static async Task Echo(Session session, CancellationToken closed)
{
    while (await session.ReceiveAsync(closed) is { } packet)
        await session.SendAsync(packet, closed);
}

static async Task Fail(Session session, CancellationToken closed)
{
    await session.ReceiveAsync(closed);
    await session.SendAsync(ErrorHandler.Error, closed);
}
