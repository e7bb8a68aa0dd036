using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Accepting;
using EsockdNetty.Connections;
using EsockdNetty.Draining;
using EsockdNetty.Statistics;
using Microsoft.Extensions.Logging;
using RejectedExecutionException = DotNetty.Common.Concurrency.RejectedExecutionException;

namespace EsockdNetty;

/// <summary>
/// One name at one address, with its own limits and its own connections. Made by
/// <see cref="SocketServer.OpenAsync(ListenerOptions, PipelineInitializer)"/>.
/// </summary>
public sealed class Listener
{
    private readonly ILogger _logger;
    private readonly ListenerCounters _counters;
    private readonly PendingConnections _pending;
    private readonly LiveConnections _live;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _ending = new();
    private readonly IChannel _channel;
    private readonly Action<Listener> _ended;
    private volatile ListenerState _state = ListenerState.Running;
    private Drain? _drain;
    private Task? _end;

    internal Listener(ListenerParts parts, IChannel channel, ListenAddress address, Action<Listener> ended)
    {
        Name = parts.Settings.Name;
        Address = address;
        Limit = parts.Limit;
        _logger = parts.Logger;
        _counters = parts.Counters;
        _pending = parts.Pending;
        _live = parts.Live;
        _channel = channel;
        _ended = ended;
    }

    /// <summary>The name it was opened with.</summary>
    public string Name { get; }

    /// <summary>Where it listens, with the port the system chose.</summary>
    public ListenAddress Address { get; }

    /// <summary>What it does.</summary>
    public ListenerState State => _state;

    /// <summary>Live connections, from accept to close.</summary>
    public int ConnectionCount => _live.Count;

    /// <summary>Live connections above which new ones are refused or wait.</summary>
    public int MaxConnections => Limit.Limit;

    /// <summary>Connections accepted but not admitted yet above which the oldest of them is reset.</summary>
    public int MaxPending => _pending.Limit;

    /// <summary>What it has counted so far.</summary>
    public ListenerStatistics Statistics => _counters.Snapshot();

    /// <summary>Completes when the listener has ended and its last connection is closed; faults when it failed.</summary>
    public Task Completion => _completion.Task;

    internal ConnectionLimit Limit { get; }

    /// <summary>The channel that accepts.</summary>
    internal IChannel ServerChannel => _channel;

    /// <summary>
    /// Accepts no more and lets connections end: what waits in the backlog is taken first, quiet connections are closed at a pace, busy ones
    /// when they are quiet, the rest at the deadline.
    /// </summary>
    /// <param name="timeout">The deadline; zero closes every connection at once. Asked again, the shorter time wins.</param>
    public Task DrainAsync(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        lock (_ending)
        {
            if (_end is null)
            {
                _drain = new Drain(_live, timeout);
                _end = End(_drain);
            }
            else
            {
                _drain!.Hasten(timeout);
            }

            return _end;
        }
    }

    /// <summary>Accepts no more and closes every connection: what was flushed goes out first.</summary>
    public Task CloseAsync() => DrainAsync(TimeSpan.Zero);

    private async Task End(Drain drain)
    {
        _state = ListenerState.Draining;
        Log.Draining(_logger, Name, _live.Count, drain.Timeout);
        await StopAccepting().ConfigureAwait(false);
        await drain.Run().ConfigureAwait(false);
        _state = ListenerState.Closed;
        _ended(this);
        Log.Closed(_logger, Name, Statistics.Accepted);
        _completion.TrySetResult();
    }

    private async Task StopAccepting()
    {
        try
        {
            await _channel.EventLoop.SubmitAsync(CloseListeningSocket).Unwrap().ConfigureAwait(false);
        }
        catch (RejectedExecutionException)
        {
            // The loop has ended, and has closed what was registered with it.
        }
    }

    /// <summary>Whoever has connected already is served; a unix socket's file goes with the socket.</summary>
    private async Task CloseListeningSocket()
    {
        _channel.Pipeline.FireUserEventTriggered(ListenerDraining.Instance);
        if (_channel is TcpServerSocketChannel socket)
        {
            await socket.AcceptRemainingAsync();
        }

        await _channel.CloseAsync();
    }
}
