using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Accepting;
using EsockdNetty.Statistics;
using Microsoft.Extensions.Logging;
using RejectedExecutionException = DotNetty.Common.Concurrency.RejectedExecutionException;

namespace EsockdNetty.Rebinding;

/// <summary>
/// A listener's server channel. When its socket is lost while nobody has stopped it, the address is bound again; past the restart intensity
/// it gives up.
/// </summary>
internal sealed partial class ListeningChannel
{
    private readonly Func<Task<IChannel>> _bind;
    private readonly TimeProvider _time;
    private readonly RestartIntensity _intensity;
    private readonly ListenerCounters _counters;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IChannel _current;
    private Task _kept = Task.CompletedTask;

    /// <summary>Begins with a channel that is bound; <paramref name="bind"/> binds another to the same address.</summary>
    public ListeningChannel(IChannel bound, Func<Task<IChannel>> bind, ListenerCounters counters, ILogger logger, TimeProvider time)
    {
        _current = bound;
        _bind = bind;
        _time = time;
        _intensity = new RestartIntensity(time);
        _counters = counters;
        _logger = logger;
    }

    /// <summary>The channel that accepts, or the last that did.</summary>
    public IChannel Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Keeps the address bound from now on.</summary>
    /// <param name="listener">The name in the log.</param>
    /// <param name="failed">Called when it gives up.</param>
    public void Keep(string listener, Action<Exception> failed) => _kept = KeepBound(listener, failed);

    /// <summary>Takes whoever has connected already, then closes the socket; a unix socket's file goes with it.</summary>
    public async Task Stop()
    {
        _stopped.TrySetResult();
        await Close(_current).ConfigureAwait(false);
        await _kept.ConfigureAwait(false);
    }

    /// <summary>Closes the socket, and whoever waits there is reset: nobody has begun to accept.</summary>
    public async Task Abandon()
    {
        _stopped.TrySetResult();
        await _current.CloseAsync().ConfigureAwait(false);
        await _kept.ConfigureAwait(false);
    }

    private static async Task Close(IChannel channel)
    {
        try
        {
            await channel.EventLoop.SubmitAsync(() => CloseOnLoop(channel)).Unwrap().ConfigureAwait(false);
        }
        catch (RejectedExecutionException)
        {
            // The loop has ended, and has closed what was registered with it.
        }
    }

    private static async Task CloseOnLoop(IChannel channel)
    {
        channel.Pipeline.FireUserEventTriggered(ListenerDraining.Instance);
        if (channel is AbstractServerSocketChannel { Active: true } socket)
        {
            await socket.AcceptRemainingAsync();
        }

        await channel.CloseAsync();
    }

    private async Task KeepBound(string listener, Action<Exception> failed)
    {
        Exception? cause = null;
        while (true)
        {
            await _current.CloseCompletion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (_current.CloseCompletion.IsCompleted)
            {
                if (_stopped.Task.IsCompleted)
                {
                    return;
                }

                if (_intensity.Next() is not { } pause)
                {
                    GiveUp(listener, failed, cause);
                    return;
                }

                await _stopped.Task.WaitAsync(pause, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cause = await TryBind(listener).ConfigureAwait(false);
            }
        }
    }

    private async Task<Exception?> TryBind(string listener)
    {
        if (_stopped.Task.IsCompleted)
        {
            return null;
        }

        try
        {
            _current = await _bind().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is BindException or RejectedExecutionException)
        {
            Log.NotBound(_logger, listener, fault.Message);
            return fault;
        }

        if (_stopped.Task.IsCompleted)
        {
            // Stopped meanwhile, when there was nothing to close yet.
            await Close(_current).ConfigureAwait(false);
            return null;
        }

        _counters.Rebound();
        Log.Bound(_logger, listener, _current.LocalAddress);
        return null;
    }

    private void GiveUp(string listener, Action<Exception> failed, Exception? cause)
    {
        var fault = new ListenerFailedException(listener, cause);
        Log.GaveUp(_logger, listener, fault.Message);
        failed(fault);
    }

    private static partial class Log
    {
        [LoggerMessage(210, LogLevel.Warning, "Listener {Listener} has bound {Address} again after its listening socket was lost")]
        public static partial void Bound(ILogger logger, string listener, System.Net.EndPoint address);

        [LoggerMessage(211, LogLevel.Error, "Listener {Listener} cannot listen again and tries later: {Cause}")]
        public static partial void NotBound(ILogger logger, string listener, string cause);

        [LoggerMessage(212, LogLevel.Critical, "Listener {Listener} has failed; its connections live on: {Cause}")]
        public static partial void GaveUp(ILogger logger, string listener, string cause);
    }
}
