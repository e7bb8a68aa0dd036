using System.Globalization;
using System.Net;
using EsockdNetty.EndToEndTests.Peers;

namespace EsockdNetty.EndToEndTests.Server;

/// <summary>The built EchoServer as a process of its own, listening at ports of the system's choice.</summary>
internal sealed class EchoServerProcess : IAsyncDisposable
{
    private const string Announcement = "listening ";

    private readonly ChildProgram _program;

    private EchoServerProcess(ChildProgram program, IReadOnlyList<string> addresses) =>
        (_program, Addresses) = (program, addresses);

    /// <summary>What it announced, in the order of its --listen options.</summary>
    public IReadOnlyList<string> Addresses { get; }

    public int Id => _program.Id;

    public bool HasExited => _program.HasExited;

    public string Log => _program.Error;

    public static string Assembly => Path.Combine(AppContext.BaseDirectory, "EchoServer.dll");

    /// <summary>Starts it with a plain listener at port 0, and other arguments after that.</summary>
    public static Task<EchoServerProcess> PlainAsync(params string[] arguments) => PlainAsync(SocketTransport.Automatic, arguments);

    public static Task<EchoServerProcess> PlainAsync(SocketTransport transport, params string[] arguments) =>
        StartAsync(transport, ["--listen", "tcp://127.0.0.1:0", .. arguments]);

    public static Task<EchoServerProcess> TlsAsync(SocketTransport transport, params string[] arguments) =>
        StartAsync(transport, ["--listen", "ssl://127.0.0.1:0", .. arguments]);

    public static Task<EchoServerProcess> StartAsync(SocketTransport transport, params string[] arguments) =>
        StartAsync(arguments, new ChildProgram("dotnet", [Assembly, .. ArgumentsOf(transport), .. arguments]));

    /// <summary>Starts it by a program that runs it in its own place, and what that is told before.</summary>
    public static Task<EchoServerProcess> StartByAsync(string program, string[] before, SocketTransport transport, params string[] arguments) =>
        StartAsync(arguments, new ChildProgram(program, [.. before, "dotnet", Assembly, .. ArgumentsOf(transport), .. arguments]));

    /// <summary>The arguments that choose a transport; none where it chooses itself.</summary>
    public static string[] ArgumentsOf(SocketTransport transport) =>
        transport == SocketTransport.Automatic ? [] : ["--transport", transport == SocketTransport.Epoll ? "epoll" : "sockets"];

    /// <summary>Starts it with a plain listener at port 0 and with variables, as <c>NAME=value</c>, in its environment.</summary>
    public static Task<EchoServerProcess> PlainWithinAsync(string[] environment, SocketTransport transport)
    {
        string[] arguments = ["--listen", "tcp://127.0.0.1:0", .. ArgumentsOf(transport)];
        return StartAsync(arguments, new ChildProgram("env", [.. environment, "dotnet", Assembly, .. arguments]));
    }

    public int Port(int listener = 0) => new Uri(Addresses[listener]).Port;

    public string PortText(int listener = 0) => Port(listener).ToString(CultureInfo.InvariantCulture);

    public IPEndPoint EndPoint(int listener = 0) => new(IPAddress.Loopback, Port(listener));

    public Task SignalAsync(string name) => Signals.SendAsync(name, Id);

    public Task<int> ExitAsync() => _program.ExitAsync();

    public Task LogAsync(string text) => LogAsync(log => log.Contains(text, StringComparison.Ordinal));

    public Task LogAsync(Func<string, bool> condition) => _program.ErrorAsync(condition);

    public override string ToString() => _program.ToString();

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private static async Task<EchoServerProcess> StartAsync(string[] arguments, ChildProgram program)
    {
        int listeners = arguments.Count(argument => argument == "--listen");
        try
        {
            await program.OutputAsync(text => Announced(text).Count == listeners);
            return new EchoServerProcess(program, Announced(program.Output));
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    private static List<string> Announced(string output) =>
        [.. output.Split('\n')[..^1].Where(line => line.StartsWith(Announcement, StringComparison.Ordinal)).Select(line => line[Announcement.Length..])];
}
