using System.Runtime.CompilerServices;
using DotNetty.Codecs;
using DotNetty.Transport.Channels;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Sessions;

namespace EsockdNetty.Draining;

/// <summary>
/// Ends one connection as soon as it is quiet: no partial frame, nothing waiting to be sent, no session between receiving and answering, no handler
/// that is at work by <see cref="Connection.BeginWork"/>, and so for two looks between which no byte came, since what has reached the machine and
/// not yet the handlers cannot be seen. A session is told by its next receive; a pipeline is closed.
/// </summary>
internal sealed class QuietClose(IChannel channel)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly Action<object> Look = static close => ((QuietClose)close).CloseOrLookAgain();

    private long _received = -1;

    /// <summary>Begins to look, on the connection's loop.</summary>
    public void Start() => channel.EventLoop.Execute(Look, this);

    /// <summary>Nothing of the peer's is half received, and nothing waits to be sent to it.</summary>
    public static bool IsStill(IChannel channel) => channel.Unsafe.OutboundBuffer.TotalPendingWriteBytes() == 0 && !HoldsPartialFrame(channel);

    private void CloseOrLookAgain()
    {
        if (!channel.Active)
        {
            return;
        }

        Session? session = channel.Pipeline.Get<SessionRunner>()?.Session;
        session?.Drain();
        long received = ((AbstractChannel)channel).BytesReceived;
        bool stayedStill = received == _received && IsStill(channel) && session is not { IsWaiting: false } && !ConnectionLease.Of(channel).IsWorking;
        _received = received;
        if (!stayedStill)
        {
            channel.EventLoop.Schedule(Look, this, Interval);
        }
        else if (session is not null)
        {
            session.EndByDrain();
        }
        else
        {
            _ = channel.CloseBecause(CloseReason.Drained);
        }
    }

    private static bool HoldsPartialFrame(IChannel channel)
    {
        foreach (IChannelHandler handler in channel.Pipeline)
        {
            if (handler is PacketDecoder { PendingBytes: > 0 } || (handler is ByteToMessageDecoder decoder && PendingBytesOf(decoder) > 0))
            {
                return true;
            }
        }

        return false;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_ActualReadableBytes")]
    private static extern int PendingBytesOf(ByteToMessageDecoder decoder);
}
