using EsockdNetty.Connections;
using EsockdNetty.Draining;
using EsockdNetty.Rebinding;

namespace EsockdNetty.Control;

/// <summary>
/// What a listener does, and what it is told to do: suspend, resume, drain, open again. Binding and closing its socket are one after the other,
/// in the order they were asked for; a drain can be hastened at any time.
/// </summary>
internal sealed class ListenerLife
{
    private readonly ListenerParts _parts;
    private readonly Func<Task<ListeningChannels>> _listen;
    private readonly Lock _gate = new();

    // Held while the socket is bound or closed.
    private readonly SocketTurns _socket = new();
    private TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ListeningChannels _listening;
    private volatile ListenerState _state = ListenerState.Running;
    private Drain? _drain;
    private Task? _end;
    private bool _final;

    /// <summary>Runs with a socket that is bound; <paramref name="listen"/> binds another to the same address.</summary>
    public ListenerLife(ListenerParts parts, ListeningChannels listening, Func<Task<ListeningChannels>> listen)
    {
        _parts = parts;
        _listen = listen;
        _listening = listening;
        listening.Keep(Name, OnFailed);
    }

    public ListenerState State => _state;

    public ListeningChannels Listening => _listening;

    /// <summary>Of the life since it was opened last.</summary>
    public Task Completion => Volatile.Read(ref _completion).Task;

    private string Name => _parts.Settings.Name;

    public async Task Suspend()
    {
        using IDisposable turn = await _socket.Take().ConfigureAwait(false);
        lock (_gate)
        {
            if (_state == ListenerState.Suspended)
            {
                return;
            }

            Require(_state is ListenerState.Running, "suspended");
            _state = ListenerState.Suspended;
        }

        await _listening.Stop().ConfigureAwait(false);
        Log.Suspended(_parts.Logger, Name, _parts.Live.Count);
    }

    /// <summary>When binding fails it stays what it was.</summary>
    public async Task<bool> Resume()
    {
        using IDisposable turn = await _socket.Take().ConfigureAwait(false);
        lock (_gate)
        {
            if (_state == ListenerState.Running)
            {
                return false;
            }

            Require(_state is ListenerState.Suspended or ListenerState.Failed, "resumed");
        }

        Run(await _listen().ConfigureAwait(false));
        return true;
    }

    /// <summary>Lets its connections end; asked again, the shorter time wins.</summary>
    /// <param name="options">How.</param>
    /// <param name="forGood">True: it cannot be opened again.</param>
    public Task Drain(DrainOptions options, bool forGood = false)
    {
        lock (_gate)
        {
            _final |= forGood;
            if (_end is null)
            {
                _drain = new Drain(_parts.Live, options, _parts.Time);
                _end = End(_drain);
            }
            else
            {
                _drain!.Hasten(options);
            }

            return _end;
        }
    }

    /// <summary>Ends what is left of it, then begins anew.</summary>
    public async Task Reopen()
    {
        await Drain(new DrainOptions { Timeout = TimeSpan.Zero }).ConfigureAwait(false);
        using IDisposable turn = await _socket.Take().ConfigureAwait(false);
        RequireNotFinal();
        if (_state != ListenerState.Closed)
        {
            // Somebody else was faster with the same demand.
            return;
        }

        ListeningChannels listening = await Listen().ConfigureAwait(false);
        if (!TryBegin(listening))
        {
            await listening.Stop().ConfigureAwait(false);
            RequireNotFinal();
        }
    }

    private async Task<ListeningChannels> Listen()
    {
        try
        {
            return await _listen().ConfigureAwait(false);
        }
        catch (Exception) when (Volatile.Read(ref _final))
        {
            // The loops were ending.
            throw Removed();
        }
    }

    private bool TryBegin(ListeningChannels listening)
    {
        lock (_gate)
        {
            if (_final)
            {
                return false;
            }

            _end = null;
            _drain = null;
            Volatile.Write(ref _completion, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _state = ListenerState.Running;
        }

        Keep(listening);
        return true;
    }

    private void Run(ListeningChannels listening)
    {
        lock (_gate)
        {
            if (_end is null)
            {
                if (_state == ListenerState.Failed)
                {
                    Volatile.Write(ref _completion, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                }

                _state = ListenerState.Running;
            }
        }

        // When the end was asked for meanwhile, it waits for its turn and closes this one too.
        Keep(listening);
    }

    private void Keep(ListeningChannels listening)
    {
        _listening = listening;
        listening.Keep(Name, OnFailed);
    }

    private async Task End(Drain drain)
    {
        _state = ListenerState.Draining;
        Log.Draining(_parts.Logger, Name, _parts.Live.Count, drain.Timeout);
        using (await _socket.Take().ConfigureAwait(false))
        {
            await _listening.Stop().ConfigureAwait(false);
            _parts.Inherited?.Dispose();
        }

        await drain.Run().ConfigureAwait(false);
        _parts.ConnectionSockets.Flush();
        Log.Closed(_parts.Logger, Name, _parts.Counters.Snapshot().Accepted);
        _state = ListenerState.Closed;
        _completion.TrySetResult();
    }

    private void OnFailed(Exception fault)
    {
        lock (_gate)
        {
            if (_state == ListenerState.Running)
            {
                _state = ListenerState.Failed;
                _completion.TrySetException(fault);
            }
        }
    }

    private void Require(bool possible, string verb)
    {
        if (!possible)
        {
            throw new InvalidOperationException($"The listener '{Name}' is {_state} and cannot be {verb}: {RemedyFor(_state)}.");
        }
    }

    private static string RemedyFor(ListenerState state) => state switch
    {
        ListenerState.Draining => "await its Completion, then open it again (ReopenAsync)",
        ListenerState.Failed => "bind it again (ResumeAsync), or open it again (ReopenAsync)",
        _ => "open it again (ReopenAsync)",
    };

    private void RequireNotFinal()
    {
        if (Volatile.Read(ref _final))
        {
            throw Removed();
        }
    }

    private ObjectDisposedException Removed() => new(nameof(Listener), $"The listener '{Name}' was removed from its server, or the server was stopped: open another.");
}
