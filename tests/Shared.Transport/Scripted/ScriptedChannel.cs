using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.TestSupport;

/// <summary>A stream channel over a scripted socket, on a loop that the test turns by hand.</summary>
internal sealed class ScriptedChannel : IDisposable
{
    public ScriptedChannel(params IChannelHandler[] handlers)
        : this(true, handlers)
    {
    }

    public ScriptedChannel(bool connected, params IChannelHandler[] handlers)
    {
        Channel = new TcpSocketChannel(null, Socket, null, connected);
        Channel.Pipeline.AddLast(handlers);
        Channel.Pipeline.AddLast(Recorder);
    }

    public EmbeddedEventLoop Loop { get; } = new();

    public ScriptedSocket Socket { get; } = new();

    public Recorder Recorder { get; } = new();

    public TcpSocketChannel Channel { get; }

    public ChannelOutboundBuffer Outbound => Channel.Unsafe.OutboundBuffer;

    /// <summary>Registers the channel, runs what that brings about and forgets the events of it.</summary>
    public ScriptedChannel Started()
    {
        Register();
        Recorder.Take();
        return this;
    }

    public Task Register()
    {
        Task registration = Loop.RegisterAsync(Channel);
        Run();
        return registration;
    }

    public void Run() => Loop.RunTasks();

    public void Advance(TimeSpan time) => Loop.AdvanceTimeBy(time);

    /// <summary>Something arrives, and the loop deals with it.</summary>
    public void Receive(string text)
    {
        Socket.Arrives(text);
        Run();
    }

    public void ReceiveEnd()
    {
        Socket.ArrivesEnd();
        Run();
    }

    public static IByteBuffer Bytes(string text) => Unpooled.WrappedBuffer(System.Text.Encoding.ASCII.GetBytes(text));

    public static IByteBuffer Bytes(int count, byte value = (byte)'x') => Unpooled.WrappedBuffer(Enumerable.Repeat(value, count).ToArray());

    public void Dispose()
    {
        Channel.Unsafe.CloseForcibly();
        Run();
        Loop.CancelScheduledTasks();
        Loop.Buffers.Release();
    }
}
