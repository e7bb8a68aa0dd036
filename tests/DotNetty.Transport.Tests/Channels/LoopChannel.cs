using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.Tests.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels;

/// <summary>A stream channel over a scripted socket, on a loop with a thread of its own.</summary>
internal sealed class LoopChannel : IAsyncDisposable
{
    public LoopChannel(params IChannelHandler[] handlers)
    {
        Channel = new TcpSocketChannel(null, Socket, null, connected: true);
        Channel.Configuration.AutoRead = false;
        Channel.Pipeline.AddLast(handlers);
        Channel.Pipeline.AddLast(Recorder);
    }

    public SingleThreadEventLoop Loop { get; } = new("loop");

    public ScriptedSocket Socket { get; } = new();

    public Recorder Recorder { get; } = new();

    public TcpSocketChannel Channel { get; }

    public async Task<LoopChannel> Started()
    {
        await Within.Reached(Loop.RegisterAsync(Channel));
        await Turn();
        Recorder.Take();
        return this;
    }

    /// <summary>Completes when the loop has done all it was given before.</summary>
    public Task<int> Turn() => Within.Reached(Loop.SubmitAsync(static () => 0));

    public async ValueTask DisposeAsync() => await Within.Reached(Loop.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
}
