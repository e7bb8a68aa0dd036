using System.Net;
using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

/// <summary>A datagram channel over a scripted socket, on a loop that the test turns by hand.</summary>
internal sealed class ScriptedDatagramChannel : IDisposable
{
    public static readonly IPEndPoint Other = new(IPAddress.Loopback, 9);

    public ScriptedDatagramChannel(params IChannelHandler[] handlers)
    {
        Channel = new SocketDatagramChannel(Socket, null);
        Channel.Pipeline.AddLast(handlers);
        Channel.Pipeline.AddLast(Recorder);
    }

    public EmbeddedEventLoop Loop { get; } = new();

    public ScriptedDatagramSocket Socket { get; } = new();

    public Recorder Recorder { get; } = new();

    public SocketDatagramChannel Channel { get; }

    public ChannelOutboundBuffer Outbound => Channel.Unsafe.OutboundBuffer;

    /// <summary>Registers and binds the channel, and forgets the events of it.</summary>
    public ScriptedDatagramChannel Bound()
    {
        Register();
        Assert.True(Channel.BindAsync(new IPEndPoint(IPAddress.Loopback, 1)).IsCompletedSuccessfully);
        Run();
        Recorder.Take();
        return this;
    }

    /// <summary>The same, connected to <see cref="ScriptedDatagramSocket.Peer"/>.</summary>
    public ScriptedDatagramChannel Connected()
    {
        Bound();
        Assert.True(Channel.ConnectAsync(ScriptedDatagramSocket.Peer).IsCompletedSuccessfully);
        Run();
        Recorder.Take();
        return this;
    }

    public void Register()
    {
        Assert.True(Loop.RegisterAsync(Channel).IsCompletedSuccessfully);
        Run();
    }

    public void Run() => Loop.RunTasks();

    public void Advance(TimeSpan time) => Loop.AdvanceTimeBy(time);

    /// <summary>Something arrives, and the loop deals with it.</summary>
    public void Receive(params string[] texts)
    {
        foreach (string text in texts)
        {
            Socket.Arrives(text);
        }

        Run();
    }

    public static IByteBuffer Bytes(string text) => Unpooled.WrappedBuffer(Encoding.ASCII.GetBytes(text));

    public static DatagramPacket Packet(string text) => new(Bytes(text), Other);

    public void Dispose()
    {
        Channel.Unsafe.CloseForcibly();
        Run();
        Loop.CancelScheduledTasks();
        Loop.Buffers.Release();
    }
}
