#nullable disable
using DotNetty.Common.Concurrency;
using DotNetty.Common.Utilities;
using TaskCompletionSource = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Transport.Channels;

public abstract partial class AbstractChannel
{
    // Registration: a channel gets its loop once, and keeps it.
    protected abstract partial class AbstractUnsafe
    {
        public Task RegisterAsync(IEventLoop eventLoop)
        {
            ArgumentNullException.ThrowIfNull(eventLoop);
            if (!channel.IsCompatible(eventLoop))
            {
                return Task.FromException(new InvalidOperationException($"{channel.GetType().Name} cannot run on a loop of type {eventLoop.GetType().Name}."));
            }

            IEventLoop before = channel._registered ? channel._eventLoop : Interlocked.CompareExchange(ref channel._eventLoop, eventLoop, null);
            if (before == EndedLoop.Instance)
            {
                return CreateClosedChannelExceptionTask();
            }

            if (channel._registered || (before is not null && before != eventLoop))
            {
                return Task.FromException(AlreadyRegistered());
            }

            // From here on what other threads ask of the channel goes through the loop, behind the registration.
            channel._pipeline.UseLoop(eventLoop);
            return eventLoop.InEventLoop
                ? Register(null) is { } failure ? Task.FromException(failure) : TaskEx.Completed
                : RegisterLater(eventLoop);
        }

        private Task<int> RegisterLater(IEventLoop eventLoop)
        {
            var promise = new TaskCompletionSource();
            try
            {
                eventLoop.Execute(() =>
                {
                    if (Register(promise) is { } fault)
                    {
                        promise.TrySetException(fault);
                    }
                });
            }
            catch (RejectedExecutionException fault)
            {
                // Nobody else would ever close it: the permits it holds would be lost.
                channel._pipeline.UseLoop(null);
                channel.AbortNow();
                promise.TrySetException(fault);
            }

            return promise.Task;
        }

        /// <summary>On the loop. Whoever waits on another thread is told before the handlers are.</summary>
        /// <returns>Why it failed; null when it did not.</returns>
        private Exception Register(TaskCompletionSource promise)
        {
            if (!channel.Open || channel._closing)
            {
                // The close came first, and would not know of the loop.
                channel._pipeline.UseLoop(null);
                return new ClosedChannelException();
            }

            if (channel._registered)
            {
                return AlreadyRegistered();
            }

            channel.BeServed();
            try
            {
                channel.DoRegister();
            }
            catch (Exception fault)
            {
                channel.AbortNow();
                return fault;
            }

            channel._registered = true;
            (channel._eventLoop as IChannelRegistry)?.Add(channel);
            channel._pipeline.CallPendingHandlerAdded();
            promise?.TryComplete();
            channel._pipeline.FireChannelRegistered();
            channel.Activate();
            return null;
        }

        private static InvalidOperationException AlreadyRegistered() => new("The channel is registered with an event loop already.");
    }
}
