using EsockdNetty;
using EsockdNetty.Codecs;
using HotSwap;

// Changes the code that serves connections while it serves them. Each version of it lies in a folder of its own beside the program; a line on
// the standard input names the one for connections to come, and an empty line asks which are loaded still: the old one goes when its last
// connection has.
var versions = new HandlerVersions(Path.Combine(AppContext.BaseDirectory, "handlers"));
await using var server = new SocketServer(new SocketServerOptions
{
    Transport = args.Length > 1 ? Enum.Parse<SocketTransport>(args[1]) : SocketTransport.Automatic,
});
Listener listener = await server.OpenAsync(
    new("hotswap", args.Length > 0 ? args[0] : "tcp://127.0.0.1:5000") { Packet = PacketType.Line },
    versions.Use("v1"));
Console.WriteLine($"listening {listener.Address}");

// Console.In would wait in this very frame, above those that opened the listener and still have the first version in hand.
using var input = new StreamReader(Console.OpenStandardInput());
while (await input.ReadLineAsync() is { } line)
{
    if (line.Length > 0)
        Swap(listener, versions, line);
    Console.WriteLine($"loaded {string.Join(' ', versions.Loaded())}");
}

// A method of its own, so that nothing of an old version stays in the frame of the program's.
static void Swap(Listener listener, HandlerVersions versions, string version)
{
    try
    {
        listener.SwapHandlers(versions.Use(version));
    }
    catch (Exception fault) when (fault is IOException or BadImageFormatException or TypeLoadException or MissingMethodException)
    {
        Console.Error.WriteLine($"{version}: {fault.Message}");
    }
}
