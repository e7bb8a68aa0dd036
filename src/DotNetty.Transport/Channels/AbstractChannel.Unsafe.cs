#nullable disable
using System.Net;
using System.Net.Sockets;
using DotNetty.Common.Concurrency;
using DotNetty.Common.Utilities;
using TaskCompletionSource = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Transport.Channels;

public abstract partial class AbstractChannel
{
    /// <summary>The transport's side of a channel: registration, binding, writing, closing.</summary>
    protected abstract partial class AbstractUnsafe : IChannelUnsafe
    {
        protected readonly AbstractChannel channel;

        private IRecvByteBufAllocatorHandle _recvHandle;
        private bool _flushing;

        protected AbstractUnsafe(AbstractChannel channel)
        {
            ArgumentNullException.ThrowIfNull(channel);
            this.channel = channel;
        }

        public IRecvByteBufAllocatorHandle RecvBufAllocHandle => _recvHandle ??= channel.Configuration.RecvByteBufAllocator.NewHandle();

        public ChannelOutboundBuffer OutboundBuffer => channel._outbound;

        /// <summary>False where a flush must wait although the channel is active.</summary>
        protected virtual bool CanWrite => true;

        public abstract Task ConnectAsync(EndPoint remoteAddress, EndPoint localAddress);

        public Task BindAsync(EndPoint localAddress)
        {
            if (!channel.Open || channel._closing)
            {
                return CreateClosedChannelExceptionTask();
            }

            try
            {
                channel.DoBind(localAddress);
            }
            catch (Exception fault)
            {
                CloseIfClosed();
                return Task.FromException(fault);
            }

            channel.Later(static channel => channel.Activate());
            return TaskEx.Completed;
        }

        public Task DisconnectAsync()
        {
            try
            {
                channel.DoDisconnect();
            }
            catch (Exception fault)
            {
                CloseIfClosed();
                return Task.FromException(fault);
            }

            channel.InvalidateLocalAddress();
            channel.InvalidateRemoteAddress();
            if (!channel.Active)
            {
                channel.Later(static channel => channel.Deactivate());
            }

            CloseIfClosed();
            return TaskEx.Completed;
        }

        public Task DeregisterAsync()
        {
            channel.Later(static channel => channel.Deregister());
            return TaskEx.Completed;
        }

        public Task CloseAsync() => CloseAsync(null, false);

        public void CloseForcibly() => channel.AbortNow();

        public void BeginRead()
        {
            if (!channel.Active)
            {
                return;
            }

            try
            {
                channel.DoBeginRead();
            }
            catch (Exception fault)
            {
                channel.Later(channel => channel._pipeline.FireExceptionCaught(fault));
                CloseAsync();
            }
        }

        public Task WriteAsync(object msg)
        {
            if (channel._closing)
            {
                ReferenceCountUtil.SafeRelease(msg);
                return CreateClosedChannelExceptionTask();
            }

            var promise = new TaskCompletionSource();
            try
            {
                Add(msg, promise);
            }
            catch (Exception fault)
            {
                return Task.FromException(fault);
            }

            return promise.Task;
        }

        public void Write(object message)
        {
            if (channel._closing)
            {
                ReferenceCountUtil.SafeRelease(message);
                return;
            }

            Add(message, null);
        }

        public void Flush()
        {
            channel._outbound.AddFlush();
            if (!channel.DeferFlush())
            {
                Flush0();
            }
        }

        internal void FlushNow() => Flush0();

        protected virtual void Flush0()
        {
            ChannelOutboundBuffer outbound = channel._outbound;
            if (_flushing || outbound.IsEmpty || !CanWrite)
            {
                return;
            }

            if (!channel.Active && !channel._closing)
            {
                outbound.FailFlushed(channel.Open ? new NotYetConnectedException() : new ClosedChannelException(), true);
                return;
            }

            _flushing = true;
            try
            {
                channel.DoWrite(outbound);
            }
            catch (Exception fault)
            {
                TellOfBreak(fault);
                channel.CloseBroken(fault);
            }
            finally
            {
                _flushing = false;
            }
        }

        // A promise tells its writer; where there is none the pipeline is told.
        private void TellOfBreak(Exception fault)
        {
            if (channel._outbound.CurrentHasNoPromise)
            {
                channel._pipeline.FireExceptionCaught(fault);
            }
        }

        protected Task CloseAsync(Exception cause, bool notify) => channel.BeginClose(cause);

        protected void CloseIfClosed()
        {
            if (!channel.Open)
            {
                CloseAsync();
            }
        }

        protected bool EnsureOpen(TaskCompletionSource promise)
        {
            ArgumentNullException.ThrowIfNull(promise);
            if (channel.Open && !channel._closing)
            {
                return true;
            }

            promise.TrySetException(new ClosedChannelException());
            return false;
        }

        protected Task CreateClosedChannelExceptionTask() => Task.FromException(new ClosedChannelException());

        /// <summary>A connect's failure with the address it was about.</summary>
        protected Exception AnnotateConnectException(Exception exception, EndPoint remoteAddress) =>
            exception is SocketException ? new ConnectException($"No connection to {remoteAddress}: {exception.Message}", exception) : exception;

        /// <summary>The executor a close that may block is moved to; null: none.</summary>
        protected virtual IEventExecutor PrepareToClose() => null;

        private void Add(object msg, TaskCompletionSource promise)
        {
            object message;
            int size;
            try
            {
                message = channel.FilterOutboundMessage(msg);
                size = Math.Max(0, channel.SizeOf(message));
            }
            catch
            {
                ReferenceCountUtil.SafeRelease(msg);
                throw;
            }

            channel._outbound.AddMessage(message, size, promise);
        }
    }
}
