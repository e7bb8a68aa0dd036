#nullable disable
using System.Net;
using System.Net.Sockets;
using DotNetty.Common.Concurrency;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>A channel whose socket receives and sends whole messages: rounds of reading, writing in turns, closing in order.</summary>
public abstract partial class AbstractSocketMessageChannel : AbstractSocketChannel, ITransportEvents
{
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(5);

    private readonly IDatagramSocket _socket;
    private IScheduledTask _closeTimer;

    private protected AbstractSocketMessageChannel(IChannel parent, IDatagramSocket socket)
        : base(parent) =>
        _socket = socket;

    public override int Descriptor => _socket.Descriptor;

    /// <summary>True: a message that cannot be sent fails alone. False (default): it ends the channel.</summary>
    protected virtual bool ContinueOnWriteError => false;

    protected override EndPoint LocalAddressInternal => Normalize(_socket.LocalEndPoint);

    private protected IDatagramSocket Transport => _socket;

    void ITransportEvents.OnReadable()
    {
        if (!Closing)
        {
            ReadRound();
        }
    }

    void ITransportEvents.OnWritable()
    {
        _socket.WantWrite(false);
        ResumeWrite();
    }

    void ITransportEvents.OnConnected(SocketError outcome)
    {
    }

    protected override IChannelUnsafe NewUnsafe() => new MessageUnsafe(this);

    protected override void DoRegister()
    {
        _socket.Attach(EventLoop, this);
        if (ReadPending)
        {
            // Asked for before there was a loop.
            _socket.WantRead(true);
        }
    }

    protected override void DoClose()
    {
        base.DoClose();
        EndTimers();
        _socket.Close();
    }

    private protected abstract void DoConnect(EndPoint remoteAddress, EndPoint localAddress);

    private protected override void StopReading()
    {
        if (Open && Registered)
        {
            _socket.WantRead(false);
        }
    }

    /// <summary>What was flushed goes out until the deadline. There is no end to send, and nobody to wait for.</summary>
    private protected override bool CloseGracefully()
    {
        ReadPending = false;
        _socket.WantRead(false);
        ((AbstractUnsafe)Unsafe).FlushNow();
        if (!Open || Unsafe.OutboundBuffer.IsEmpty)
        {
            return false;
        }

        _closeTimer = EventLoop.Schedule(static channel => ((AbstractSocketMessageChannel)channel).FinishClose(), this, FlushTimeout);
        return true;
    }

    private void ContinueClose()
    {
        if (_closeTimer is not null && Unsafe.OutboundBuffer.IsEmpty)
        {
            FinishClose();
        }
    }

    private void EndTimers()
    {
        _closeTimer?.Cancel();
        _closeTimer = null;
        _retry?.Cancel();
        _retry = null;
    }

    private sealed class MessageUnsafe(AbstractSocketMessageChannel messages) : AbstractUnsafe(messages)
    {
        /// <summary>A flush waits for what an earlier one waits for.</summary>
        protected override bool CanWrite => !messages._writeWaiting;

        /// <summary>Done at once, and no reason to close where it fails: a bound channel goes on as it was.</summary>
        public override Task ConnectAsync(EndPoint remoteAddress, EndPoint localAddress)
        {
            ArgumentNullException.ThrowIfNull(remoteAddress);
            if (!channel.Open || channel.Closing)
            {
                return CreateClosedChannelExceptionTask();
            }

            if (!channel.Registered)
            {
                return Task.FromException(new InvalidOperationException("The channel is not registered with an event loop."));
            }

            try
            {
                messages.DoConnect(remoteAddress, localAddress);
            }
            catch (Exception fault)
            {
                return Task.FromException(AnnotateConnectException(fault, remoteAddress));
            }

            channel.EventLoop.Execute(static messages => ((AbstractSocketMessageChannel)messages).Activate(), messages);
            return TaskEx.Completed;
        }
    }
}
