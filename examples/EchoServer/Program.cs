using DotNetty.Common.Internal.Logging;
using EchoServer;
using EsockdNetty;
using Microsoft.Extensions.Logging;

CommandLine line = CommandLine.Parse(args);
if (line.Help is not null)
{
    Console.Write(line.Help);
    return 0;
}

if (line.Options is not { } options)
    return Refuse(line.Fault);

using var log = new HeldLog(LoggerFactory.Create(StandardErrorLog.Configure));
InternalLoggerFactory.DefaultFactory = log;
try
{
    await using var server = new SocketServer(ServerSettings.Of(options, log));
    var listeners = new List<Listener>();
    foreach (ListenerOptions listener in ServerSettings.ListenersOf(options))
        listeners.Add(await server.OpenAsync(listener, pipeline => pipeline.AddLast(new EchoHandler())));

    // It hears signals before anybody can know that it listens.
    Task run = server.RunAsync();
    log.Release();
    foreach (Listener listener in listeners)
        Console.WriteLine($"listening {listener.Address}");
    await run;
    return 0;
}
catch (ListenerOptionsException fault)
{
    return Refuse(OptionNames.Tell(fault.Faults, options));
}
catch (BindException fault)
{
    return Refuse(OptionNames.Tell([fault.Fault], options));
}

static int Refuse(string? fault)
{
    Console.Error.WriteLine(fault);
    return 2;
}
