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
        private TaskCompletionSource _connect;
        private IScheduledTask _connectTimeout;
        private EndPoint _remote;

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

            if (_connect is not null)
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
            if (_connect is null)
            {
                return;
            }

            _connectTimeout?.Cancel();
            if (outcome != SocketError.Success)
            {
                FailConnect(AnnotateConnectException(new SocketException((int)outcome), _remote));
                return;
            }

            stream._connected = true;
            TaskCompletionSource promise = _connect;
            _connect = null;
            promise.TryComplete();
            stream.Activate();
        }

        /// <summary>The channel is closed: a connect that is under way ends with that.</summary>
        public void AbandonConnect()
        {
            _connectTimeout?.Cancel();
            TaskCompletionSource promise = _connect;
            _connect = null;
            promise?.TrySetException(new ClosedChannelException());
        }

        private Task BeginConnect(EndPoint remoteAddress, EndPoint localAddress)
        {
            _connect = new TaskCompletionSource();
            Task connecting = _connect.Task;
            _remote = remoteAddress;
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
            if (timeout > TimeSpan.Zero)
            {
                _connectTimeout = channel.EventLoop.Schedule(
                    static (self, timeout) => ((StreamUnsafe)self).TimeOut((TimeSpan)timeout), this, timeout, timeout);
            }
        }

        private void TimeOut(TimeSpan timeout)
        {
            if (_connect is not null)
            {
                FailConnect(new ConnectTimeoutException($"No connection to {_remote} within {timeout.TotalSeconds:0.###} s."));
            }
        }

        private void FailConnect(Exception cause)
        {
            TaskCompletionSource promise = _connect;
            _connect = null;
            promise?.TrySetException(cause);
            CloseAsync(cause, false);
        }
    }
}
