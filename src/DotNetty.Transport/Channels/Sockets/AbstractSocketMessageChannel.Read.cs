#nullable disable
using System.Net.Sockets;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// Reading. One <c>Read</c> of the pipeline is one round, of as many messages as the receive allocator allows (of one, without automatic
/// reading); then other channels have their turn. An error is told to the pipeline; whether it ends the channel is the socket's business.
/// </summary>
public abstract partial class AbstractSocketMessageChannel
{
    private readonly List<object> _received = [];
    private bool _reading;

    protected override void DoBeginRead()
    {
        ReadPending = true;
        if (!_reading && Registered)
        {
            _socket.WantRead(true);
        }
    }

    /// <summary>Receives one message without waiting, and adds it to <paramref name="buf"/>.</summary>
    /// <returns>The number of messages added; 0 when nothing waits.</returns>
    /// <exception cref="SocketException">The system told of an error.</exception>
    protected abstract int DoReadMessages(List<object> buf);

    /// <returns>True where the channel goes on after such an error.</returns>
    private protected abstract bool SurvivesReadError(Exception fault);

    private void ReadRound()
    {
        try
        {
            _socket.WantRead(false);
            _reading = true;
            Exception fault = ReceiveRound();
            _reading = false;
            if (fault is not null && !Closing)
            {
                TellOfError(fault);
            }

            if (ReadPending && !Closing)
            {
                _socket.WantRead(true);
            }
        }
        catch (Exception unforeseen)
        {
            // Left as it is the channel would never read again, and nobody would know.
            BreakOff(unforeseen);
        }
    }

    /// <returns>The error that ended the round, told after what was received before it.</returns>
    private Exception ReceiveRound()
    {
        IRecvByteBufAllocatorHandle handle = Unsafe.RecvBufAllocHandle;
        handle.Reset(Configuration);
        bool began = false;
        Exception fault;
        do
        {
            if (!TryReceive(out fault))
            {
                break;
            }

            if (!began)
            {
                began = true;
                ReadPending = false;
                BeginReadRound();
            }

            FireReceived();
        }
        while (!Closing && handle.ContinueReading());
        if (began)
        {
            handle.ReadComplete();
            Pipeline.FireChannelReadComplete();
            EndReadRound();
        }

        return fault;
    }

    private bool TryReceive(out Exception fault)
    {
        try
        {
            fault = null;
            return DoReadMessages(_received) > 0;
        }
        catch (Exception caught)
        {
            fault = caught;
            return false;
        }
    }

    private void FireReceived()
    {
        foreach (object message in _received)
        {
            Pipeline.FireChannelRead(message);
        }

        _received.Clear();
    }

    private void TellOfError(Exception fault)
    {
        if (SurvivesReadError(fault))
        {
            Pipeline.FireExceptionCaught(fault);
        }
        else
        {
            BreakOff(fault);
        }
    }

    private void BreakOff(Exception fault)
    {
        ReadPending = false;
        Pipeline.FireExceptionCaught(fault);
        if (Open)
        {
            CloseBroken(fault);
        }
    }
}
