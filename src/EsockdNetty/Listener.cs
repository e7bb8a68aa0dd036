using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Connections;
using EsockdNetty.Draining;
using EsockdNetty.Rebinding;
using EsockdNetty.Statistics;
using Microsoft.Extensions.Logging;

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
    private readonly ListeningChannel _listening;
    private readonly Action<Listener> _ended;
    private volatile ListenerState _state = ListenerState.Running;
    private Drain? _drain;
    private Task? _end;

    internal Listener(ListenerParts parts, ListeningChannel listening, ListenAddress address, Action<Listener> ended)
    {
        Name = parts.Settings.Name;
        Address = address;
        Limit = parts.Limit;
        _logger = parts.Logger;
        _counters = parts.Counters;
        _pending = parts.Pending;
        _live = parts.Live;
        _listening = listening;
        _ended = ended;
        _listening.Keep(Name, OnFailed);
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

    /// <summary>
    /// Completes when the listener has ended and its last connection is closed. Faults with <see cref="ListenerFailedException"/> when its socket
    /// was lost too often: then it accepts nothing any more, and its connections live until it is closed.
    /// </summary>
    public Task Completion => _completion.Task;

    internal ConnectionLimit Limit { get; }

    /// <summary>The channel that accepts.</summary>
    internal IChannel ServerChannel => _listening.Current;

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
        await _listening.Stop().ConfigureAwait(false);
        await drain.Run().ConfigureAwait(false);
        _state = ListenerState.Closed;
        _ended(this);
        Log.Closed(_logger, Name, Statistics.Accepted);
        _completion.TrySetResult();
    }

    private void OnFailed(Exception fault)
    {
        lock (_ending)
        {
            if (_end is null)
            {
                _state = ListenerState.Failed;
                _completion.TrySetException(fault);
            }
        }
    }
}
