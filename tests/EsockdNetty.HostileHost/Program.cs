using System.Text.Json;
using EsockdNetty;
using EsockdNetty.HostileHost;
using EsockdNetty.HostileHost.Handlers;

// A server for tests that watch its memory: it is alone in its process. It says where it listens, then answers lines on its standard input:
// "mark", "collect" and "stats" each with its figures as one line of JSON. The end of the input is its own.
await using var server = new SocketServer();
ListenerOptions options = HostOptions.Parse(args[1..]);
Listener listener = await Open(Enum.Parse<ServerKind>(args[0]));
Console.WriteLine($"listening {listener.Address}");

using var over = new CancellationTokenSource();
var meter = new Meter(listener);
_ = meter.LookAsync(over.Token);
while (await Console.In.ReadLineAsync() is { } command)
{
    if (command == "mark")
        meter.Mark();
    if (command == "collect")
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    Console.WriteLine(JsonSerializer.Serialize(meter.Read()));
}

await over.CancelAsync();

Task<Listener> Open(ServerKind kind)
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
