using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control.Probing;

/// <summary>A client that a probed listener has admitted, from both sides.</summary>
internal sealed record Newcomer(Peer Peer, IChannel Channel, ProbeHandler Handler, IReadOnlyDictionary<string, int?> Figures) : IDisposable
{
    /// <summary>Writes to it on its loop, each message so long, and flushes none.</summary>
    /// <returns>Whether the channel is writable then, and what became of the last.</returns>
    public async Task<(bool IsWritable, Task Last)> Write(int count, int length)
    {
        var last = new TaskCompletionSource<(bool, Task)>(TaskCreationOptions.RunContinuationsAsynchronously);
        Channel.EventLoop.Execute(() =>
        {
            Task written = Task.CompletedTask;
            for (int i = 0; i < count; i++)
            {
                written = Channel.WriteAsync(Unpooled.WrappedBuffer(new byte[length]));
            }

            last.SetResult((Channel.IsWritable, written));
        });
        return await last.Task.WaitAsync(Eventually.Guard);
    }

    /// <summary>It is ended, and goes: as long as it stays its server waits for what it may still send.</summary>
    public async Task IsEnded()
    {
        await Peer.EndsInOrder();
        Peer.Dispose();
    }

    public void Dispose() => Peer.Dispose();
}
