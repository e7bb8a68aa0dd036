#nullable disable
using System.Net;
using System.Net.Sockets;
using DotNetty.Common.Concurrency;
using TaskCompletionSource = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Transport.Channels.Sockets;

public abstract partial class AbstractSocketByteChannel
{
    private sealed class StreamUnsafe(AbstractSocketByteChannel stream) : AbstractUnsafe(stream)
    {
        // Null on what was accepted, and once it is connected.
        private Attempt _attempt;

        /// <summary>A flush waits for the writability that a partial send asked for.</summary>
        protected override bool CanWrite => !stream._writeWaiting;

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

            if (_attempt is not null)
            {
                return Task.FromException(new ConnectionPendingException());
            }

            if (stream._connected)
            {
                return Task.FromException(new AlreadyConnectedException());
            }

            return BeginConnect(remoteAddress, localAddress);
        }

        public void FinishConnect(SocketError outcome)
        {
            if (_attempt is not { } attempt)
            {
                return;
            }

            if (outcome != SocketError.Success)
            {
                FailConnect(AnnotateConnectException(new SocketException((int)outcome), attempt.Remote));
                return;
            }

            EndAttempt();
            stream._connected = true;
            attempt.Promise.TryComplete();
            stream.Activate();
        }

        /// <summary>The channel is closed: a connect that is under way ends with that.</summary>
        public void AbandonConnect()
        {
            Attempt attempt = _attempt;
            EndAttempt();
            attempt?.Promise.TrySetException(new ClosedChannelException());
        }

        private Task BeginConnect(EndPoint remoteAddress, EndPoint localAddress)
        {
            _attempt = new Attempt(remoteAddress);
            Task connecting = _attempt.Promise.Task;
            try
            {
                if (localAddress is not null)
                {
                    stream._socket.Bind(localAddress);
                }

                stream._socket.Connect(remoteAddress);
                ArmTimeout();
            }
            catch (Exception fault) when (fault is SocketException or ArgumentException or NotSupportedException or InvalidOperationException)
            {
                FailConnect(AnnotateConnectException(fault, remoteAddress));
            }

            return connecting;
        }

        private void ArmTimeout()
        {
            TimeSpan timeout = channel.Configuration.ConnectTimeout;
            if (timeout > TimeSpan.Zero && _attempt is { } attempt)
            {
                attempt.Timeout = channel.EventLoop.Schedule(
                    static (self, timeout) => ((StreamUnsafe)self).TimeOut((TimeSpan)timeout), this, timeout, timeout);
            }
        }

        private void TimeOut(TimeSpan timeout)
        {
            if (_attempt is { } attempt)
            {
                FailConnect(new ConnectTimeoutException($"No connection to {attempt.Remote} within {timeout.TotalSeconds:0.###} s."));
            }
        }

        private void FailConnect(Exception cause)
        {
            Attempt attempt = _attempt;
            EndAttempt();
            attempt?.Promise.TrySetException(cause);
            CloseAsync(cause, false);
        }

        private void EndAttempt()
        {
            _attempt?.Timeout?.Cancel();
            _attempt = null;
        }

        /// <summary>A connect that is under way.</summary>
        private sealed class Attempt(EndPoint remote)
        {
            public readonly TaskCompletionSource Promise = new();
            public readonly EndPoint Remote = remote;
            public IScheduledTask Timeout;
        }
    }
}
