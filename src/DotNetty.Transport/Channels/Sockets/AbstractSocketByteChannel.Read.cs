#nullable disable
using System.Net.Sockets;
using DotNetty.Buffers;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// Reading. One <c>Read</c> of the pipeline is one receive; while receives fill the buffer and the pipeline asks for more, up to 16 follow
/// each other, then other channels have their turn.
/// </summary>
public abstract partial class AbstractSocketByteChannel
{
    private const int MostReceivesInARow = 16;

    // Up to here bytes are copied out of the loop's buffer, so that a small message never keeps a large buffer.
    private const int LargestCopy = 4 * 1024;

    private bool _reading;
    private bool _inputEnded;
    private volatile bool _peerEnded;

    /// <summary>True once the peer's FIN has been read: nothing more will come.</summary>
    public bool IsInputShutdown => _inputEnded;

    /// <summary>
    /// True once the peer is known to have ended its side, though what it sent before may not be read yet. The epoll transport knows it while
    /// nobody reads; .NET's sockets when the FIN itself is read.
    /// </summary>
    public bool IsPeerEnded => _peerEnded || _inputEnded;

    protected override void DoBeginRead()
    {
        if (_inputEnded)
        {
            return;
        }

        ReadPending = true;
        if (!_reading && Registered)
        {
            _socket.WantRead(true);
        }
    }

    private void ReadRounds()
    {
        try
        {
            _socket.WantRead(false);
            ReceiveInARow();
            if (ReadPending && !Closing && !_inputEnded)
            {
                _socket.WantRead(true);
            }
        }
        catch (Exception fault)
        {
            // Left as it is the channel would never read again, and nobody would know.
            BreakOff(fault);
        }
    }

    private void ReceiveInARow()
    {
        _reading = true;
        try
        {
            int receives = 0;
            while (ReadPending && !Closing && ReceiveOnce() && ++receives < MostReceivesInARow)
            {
            }
        }
        finally
        {
            _reading = false;
        }
    }

    /// <returns>True when the buffer was filled: there may be more.</returns>
    private bool ReceiveOnce() =>
        Configuration.RecvByteBufAllocator is LoopRecvByteBufAllocator ? ReceiveIntoLoopBuffer() : ReceiveIntoOwnBuffers();

    private bool ReceiveIntoLoopBuffer()
    {
        LoopBuffers buffers = Buffers;
        IByteBuffer large = buffers.Receive;
        Span<byte> free = large.GetWritableSpan(LoopBuffers.ReceiveSize);
        TransportResult result = _socket.Receive(free);
        if (!Continues(result))
        {
            return false;
        }

        bool full = result.Count == free.Length;
        IByteBuffer message;
        if (result.Count <= LargestCopy)
        {
            message = Allocator.Buffer(result.Count).WriteBytes(free[..result.Count]);
        }
        else
        {
            large.AdvanceWriter(result.Count);
            message = buffers.HandOn();
        }

        BeginRound();
        Pipeline.FireChannelRead(message);
        EndRound();
        return full;
    }

    /// <summary>The application chose how to receive: buffers of the size its allocator says, several messages a read if it says so.</summary>
    private bool ReceiveIntoOwnBuffers()
    {
        IRecvByteBufAllocatorHandle handle = Unsafe.RecvBufAllocHandle;
        handle.Reset(Configuration);
        TransportResult result;
        bool began = false;
        bool full;
        do
        {
            result = ReceiveInto(handle, out IByteBuffer message, out full);
            if (message is null)
            {
                break;
            }

            if (!began)
            {
                began = true;
                BeginRound();
            }

            Pipeline.FireChannelRead(message);
        }
        while (!Closing && handle.ContinueReading());
        if (began)
        {
            handle.ReadComplete();
            EndRound();
        }

        // Only now: what the round's messages brought about comes before the end that followed them.
        if (!HasBytes(result) && !Closing)
        {
            Continues(result);
        }

        return full;
    }

    private TransportResult ReceiveInto(IRecvByteBufAllocatorHandle handle, out IByteBuffer message, out bool full)
    {
        message = handle.Allocate(Allocator);
        Span<byte> free = message.GetWritableSpan(1);
        handle.AttemptedBytesRead = free.Length;
        TransportResult result = _socket.Receive(free);
        handle.LastBytesRead = result.Count;
        full = result.Count == free.Length;
        if (HasBytes(result))
        {
            message.AdvanceWriter(result.Count);
            handle.IncMessagesRead(1);
            CountReceived(result.Count);
        }
        else
        {
            message.Release();
            message = null;
        }

        return result;
    }

    private static bool HasBytes(TransportResult result) => result.Succeeded && result.Count > 0;

    private void BeginRound()
    {
        ReadPending = false;
        BeginReadRound();
    }

    private void EndRound()
    {
        Pipeline.FireChannelReadComplete();
        EndReadRound();
    }

    /// <returns>True when bytes came; a FIN, an error or nothing at all is dealt with here.</returns>
    private bool Continues(TransportResult result)
    {
        if (result.MustWait)
        {
            return false;
        }

        if (!result.Succeeded)
        {
            BreakOff(new SocketException((int)result.Error));
            return false;
        }

        if (result.Count == 0)
        {
            EndInput();
            return false;
        }

        CountReceived(result.Count);
        return true;
    }

    private void EndInput()
    {
        _inputEnded = true;
        ReadPending = false;
        if (SocketConfiguration.AllowHalfClosure && !_outputEnded)
        {
            Pipeline.FireUserEventTriggered(ChannelInputShutdownEvent.Instance);
        }
        else
        {
            _ = CloseAsync();
        }
    }

    private void BreakOff(Exception fault)
    {
        ReadPending = false;
        Pipeline.FireExceptionCaught(fault);
        CloseBroken(fault);
    }
}
