#nullable disable
using DotNetty.Buffers;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels.Local;

/// <summary>
/// From one end to the other: a <c>Read</c> of the receiver asks the sender, which answers with what it has flushed, now or once there is
/// something. So at most one answer is under way, and all else waits with its writer.
/// </summary>
public partial class LocalChannel
{
    // Of the receiver.
    private bool _readPending;
    private bool _asked;
    private object[] _held;

    // Of the sender: how many messages the peer has asked for; 0 when it has not.
    private int _wanted;

    protected override void DoBeginRead()
    {
        _readPending = true;
        if (_held is not null)
        {
            EventLoop.Execute(static channel => ((LocalChannel)channel).DeliverHeld(), this);
        }
        else if (!_asked && !_peerEnded)
        {
            _asked = true;
            _peer.Tell(static (sender, wanted) => sender.Answer((int)wanted), _config.MostMessagesPerRead);
        }
    }

    protected override void DoWrite(ChannelOutboundBuffer input)
    {
        if (_peerEnded && _held is null)
        {
            throw new ClosedChannelException("The peer is closed.", null);
        }

        if (_wanted == 0 || input.IsEmpty)
        {
            return;
        }

        object[] messages = Take(input, Math.Min(_wanted, input.Size));
        _wanted = 0;
        if (!_peer.Tell(static (receiver, messages) => receiver.Arrive((object[])messages), messages))
        {
            Release(messages);
            throw new ClosedChannelException();
        }

        // Only now: a promise's continuation may write or close, and what it does comes after these.
        foreach (object message in messages)
        {
            CountSent(SizeInBytes(message));
            input.Remove();
        }

        ContinueClose();
    }

    private static object[] Take(ChannelOutboundBuffer input, int count)
    {
        var messages = new object[count];
        for (int i = 0; i < count; i++)
        {
            messages[i] = ReferenceCountUtil.Retain(input.FlushedMessage(i));
        }

        return messages;
    }

    private static void Release(object[] messages) => Array.ForEach(messages, ReferenceCountUtil.SafeRelease);

    private static int SizeInBytes(object message) => message switch
    {
        IByteBuffer buffer => buffer.ReadableBytes,
        IByteBufferHolder holder => holder.Content.ReadableBytes,
        _ => 0,
    };

    private void CancelRead() => OnLoop(static channel => ((LocalChannel)channel)._readPending = false);

    /// <summary>The receiver asks.</summary>
    private void Answer(int wanted)
    {
        _wanted = wanted;
        ((AbstractUnsafe)Unsafe).FlushNow();
    }

    /// <summary>The sender answers. Where the read was taken back meanwhile, the answer waits for the next one.</summary>
    private void Arrive(object[] messages)
    {
        _asked = false;
        if (Closing)
        {
            Release(messages);
            return;
        }

        _held = messages;
        DeliverHeld();
    }

    private void DeliverHeld()
    {
        if (_held is null || !_readPending || Closing)
        {
            return;
        }

        object[] messages = _held;
        _held = null;
        _readPending = false;
        BeginReadRound();
        foreach (object message in messages)
        {
            Deliver(message);
        }

        Pipeline.FireChannelReadComplete();
        EndReadRound();
        EndWithPeer();
    }

    // One message may have closed the channel: nobody reads those behind it.
    private void Deliver(object message)
    {
        if (Closing)
        {
            ReferenceCountUtil.SafeRelease(message);
            return;
        }

        CountReceived(SizeInBytes(message));
        Pipeline.FireChannelRead(message);
    }
}
