using System.Net;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.TestSupport;

/// <summary>A server channel over a scripted listening socket, on a loop that the test turns by hand. It keeps the children it accepts.</summary>
internal sealed class ScriptedServer : IDisposable
{
    public ScriptedServer(params IChannelHandler[] handlers)
    {
        Channel = new TcpServerSocketChannel(Listener, null);
        Channel.Pipeline.AddLast(handlers);
        Channel.Pipeline.AddLast(Recorder);
        Recorder.OnRead = (_, child) => Children.Add((IChannel)child);
    }

    public EmbeddedEventLoop Loop { get; } = new();

    public ScriptedListeningSocket Listener { get; } = new();

    public Recorder Recorder { get; } = new();

    public TcpServerSocketChannel Channel { get; }

    public List<IChannel> Children { get; } = [];

    public ScriptedServer Started()
    {
        _ = Loop.RegisterAsync(Channel);
        _ = Channel.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        Run();
        Recorder.Take();
        return this;
    }

    public void Run() => Loop.RunTasks();

    public string[] EventNames() => [.. Recorder.Events.Select(static name => name.Split(' ')[0])];

    public void Dispose()
    {
        Children.ForEach(static child => child.Unsafe.CloseForcibly());
        _ = Channel.CloseAsync();
        Run();
        Loop.CancelScheduledTasks();
        Loop.Buffers.Release();
    }
}
