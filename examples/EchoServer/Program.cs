using DotNetty.Common.Internal.Logging;
using EchoServer;
using EchoServer.Stats;
using EsockdNetty;
using EsockdNetty.Opening;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

CommandLine line = CommandLine.Parse(args);
if (line.Help is not null)
{
    Console.Write(line.Help);
    return 0;
}

if (line.Options is not { } options)
    return Refuse(line.Fault);

if (options.Check)
    return Check(options);

StatsDisplay? display = options.Stats is null ? null : new StatsDisplay();
await using TableLog? table = display is { IsLive: true } ? new TableLog(display.WriteLine, TimeProvider.System) : null;
using var log = new HeldLog(LoggerFactory.Create(table is null ? StandardErrorLog.Configure : logging => logging.AddProvider(table)));
InternalLoggerFactory.DefaultFactory = log;
try
{
    if (options.Spin is { } spins)
        AppContext.SetSwitch("EsockdNetty.Spin", spins);
    SocketCompletions.TakeInline();
    await using var server = new SocketServer(ServerSettings.Of(options, log));
    var listeners = new List<Listener>();
    foreach (ListenerOptions listener in ServerSettings.ListenersOf(options))
        listeners.Add(await server.OpenAsync(listener, ServerSettings.HandlersOf(options)));

    // It hears signals before anybody can know that it listens.
    Task run = server.RunAsync();
    log.Release();
    foreach (Listener listener in listeners)
        Console.WriteLine($"listening {listener.Address}");

    // On a thread of its own, and not waited for without end: a terminal that stands still (Ctrl+S) keeps whoever draws on it.
    Task shown = display is null ? run : Task.Run(() => display.RunAsync(server, listeners, options.Stats.GetValueOrDefault()));
    await run;
    await shown.WaitAsync(TableLog.Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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

// What would not start is not measured against the machine.
static int Check(EchoServerOptions options)
{
    SocketServerOptions server = ServerSettings.Of(options, NullLoggerFactory.Instance);
    ListenerOptions[] listeners = [.. ServerSettings.ListenersOf(options)];
    OptionFault[] faults = [.. server.Validate(), .. listeners.SelectMany(static listener => listener.Validate())];
    return faults.Length > 0 ? Refuse(OptionNames.Tell(faults, options)) : MachineCheck.Run(MachineLimits.Read().Check(server, listeners), Console.Out);
}

static int Refuse(string? fault)
{
    Console.Error.WriteLine(fault);
    return 2;
}
