using System.Collections.Concurrent;
using System.Net;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting.Bans;
using EsockdNetty.Control;
using EsockdNetty.Diagnostics;
using EsockdNetty.Draining;
using EsockdNetty.Opening;
using Microsoft.Extensions.Logging;

namespace EsockdNetty;

/// <summary>
/// Listeners that share event loops: one loop accepts, the others serve. Open listeners by name, run until the process is told to end, drain.
/// </summary>
public sealed class SocketServer : IAsyncDisposable
{
    private readonly ILogger _logger;

    // Null while a listener of that name is being opened.
    private readonly ConcurrentDictionary<string, Listener?> _listeners = new(StringComparer.Ordinal);
    private readonly ITransport _transport;
    private readonly IEventLoopGroup _boss;
    private readonly IEventLoopGroup _workers;
    private readonly ServerParts _parts;
    private readonly ServerDiagnostics _diagnostics;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _stopping = new();
    private readonly Lock _changing = new();
    private volatile SocketServerOptions _options;
    private Task? _stop;

    /// <summary>A server with the default options, which logs nowhere.</summary>
    public SocketServer()
        : this(new SocketServerOptions())
    {
    }

    /// <summary>A server; it listens nowhere before a listener is opened.</summary>
    /// <exception cref="ListenerOptionsException">Options are wrong.</exception>
    public SocketServer(SocketServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ListenerOptionsException(faults);
        }

        ProcessReadiness.Prepare();
        _options = options.Copy();
        _logger = options.LoggerFactory.CreateLogger("EsockdNetty");
        _transport = options.CustomTransport ?? SocketTransports.Of(options.Transport);
        int workers = options.Loops ?? Environment.ProcessorCount;
        _workers = _transport.NewLoops(workers);

        // A boss beside a single worker is a hand-over between threads for every connection, and relieves nobody.
        _boss = workers == 1 ? _workers : _transport.NewLoops(1);
        _parts = new ServerParts(_options, [.. _boss.Items.Union(_workers.Items).OfType<IEventLoop>()], _logger);
        _diagnostics = new ServerDiagnostics(options.MeterFactory, () => Listeners);
        _parts.Overload.Sampled = _diagnostics.Lags.Take;
        _parts.Start();
    }

    /// <summary>Its listeners, those that are closed and may be opened again among them; none once the server was stopped.</summary>
    public IReadOnlyCollection<Listener> Listeners => [.. _listeners.Values.OfType<Listener>()];

    /// <summary>The options in effect, as a copy: to change one, <see cref="Update"/>.</summary>
    public SocketServerOptions Options => OptionsWith(Bans.NeverBan);

    /// <summary>Live connections of all listeners above which new ones are refused or wait.</summary>
    public int MaxConnections => _parts.Limit.Limit;

    /// <summary>Bytes that the process's pooled buffers may hold; see <see cref="SocketServerOptions.BufferBudget"/>.</summary>
    public long BufferBudget => _parts.Budget.Bytes;

    /// <summary>Who is banned from all listeners: list, add and lift while they run. Those that clients earn are <see cref="SocketServerOptions.Bans"/>.</summary>
    public BanList Bans => _parts.Bans;

    /// <summary>Completes when the server has stopped.</summary>
    public Task Completion => _stopped.Task;

    internal ServerParts Parts => _parts;

    /// <summary>Opens a listener whose connections are served by a loop each. When this fails nothing is left behind.</summary>
    /// <exception cref="ListenerOptionsException">Options are wrong: all faults together.</exception>
    /// <exception cref="ListenerAlreadyExistsException">There is a listener of that name.</exception>
    /// <exception cref="BindException">The address cannot be listened on.</exception>
    public Task<Listener> OpenAsync(ListenerOptions options, SessionHandler session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return Open(options, new ConnectionHandlers(session));
    }

    /// <summary>Opens a listener whose connections are served by handlers. When this fails nothing is left behind.</summary>
    /// <exception cref="ListenerOptionsException">Options are wrong: all faults together.</exception>
    /// <exception cref="ListenerAlreadyExistsException">There is a listener of that name.</exception>
    /// <exception cref="BindException">The address cannot be listened on.</exception>
    public Task<Listener> OpenAsync(ListenerOptions options, PipelineInitializer pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return Open(options, new ConnectionHandlers(pipeline));
    }

    /// <summary>
    /// Changes the server's own options while it runs, all or nothing: when one value is wrong, or cannot be changed, none is changed. What was not set
    /// stays as it is. Limits hold at once, also for listeners whose own options say nothing; overload and buffers from the next look on; and
    /// <see cref="SocketServerOptions.ListenerDefaults"/> for listeners opened after. Living connections are not touched. Whom
    /// <see cref="BanList.NeverBan"/> is given meanwhile stays, unless <paramref name="change"/> changes the option too.
    /// </summary>
    /// <param name="change">Sets what is to be changed. What it throws is thrown here, and nothing is changed.</param>
    /// <exception cref="ListenerOptionsException">Options are wrong, or fixed while the server runs: all faults together.</exception>
    public void Update(Action<SocketServerOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_changing)
        {
            IReadOnlyList<IPNetwork> given = Bans.NeverBan;
            SocketServerOptions draft = OptionsWith(given);
            change(draft);

            // Copied again: whoever kept the draft cannot change what is in effect.
            SocketServerOptions next = draft.Copy();
            ServerChange.Check(_options, next);
            IPNetwork[] wanted = next.Bans.NeverBanNetworks();
            _parts.Apply(_options, next, wanted.SequenceEqual(given) ? null : wanted);
            _options = next;
        }

        foreach (Listener listener in Listeners)
        {
            listener.FollowServer();
        }

        Log.ServerUpdated(_logger, SettingsText.Of(this));
    }

    /// <summary>The listener of that name, or null.</summary>
    public Listener? Find(string name) => _listeners.GetValueOrDefault(name);

    /// <summary>Closes the listener of that name, unless it is closed, and forgets it: the name is free then.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> RemoveAsync(string name)
    {
        if (Find(name) is not { } listener)
        {
            return false;
        }

        await listener.EndAsync(new DrainOptions { Timeout = TimeSpan.Zero }).ConfigureAwait(false);
        return _listeners.TryRemove(KeyValuePair.Create(name, (Listener?)listener));
    }

    /// <summary>Runs until SIGTERM or SIGINT, or until somebody else stops the server; then drains. A second signal stops at once.</summary>
    public async Task RunAsync()
    {
        using var signals = new StopSignals(OnSignal);
        await Completion.ConfigureAwait(false);
    }

    /// <summary>Drains every listener within <see cref="SocketServerOptions.DrainTimeout"/>, then ends the loops.</summary>
    public Task StopAsync() => StopAsync(_options.DrainTimeout);

    /// <summary>Drains every listener, then ends the loops; zero closes connections at once. A shorter time after a longer one wins.</summary>
    public Task StopAsync(TimeSpan drainTimeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(drainTimeout, TimeSpan.Zero);
        lock (_stopping)
        {
            if (_stop is not null)
            {
                foreach (Listener listener in Listeners)
                {
                    _ = listener.EndAsync(new DrainOptions { Timeout = drainTimeout });
                }
            }

            return _stop ??= Stop(drainTimeout);
        }
    }

    /// <summary>Stops at once, unless it has been stopped.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero).ConfigureAwait(false);

    private SocketServerOptions OptionsWith(IReadOnlyList<IPNetwork> neverBan)
    {
        SocketServerOptions options = _options.Copy();
        if (!options.Bans.NeverBanNetworks().SequenceEqual(neverBan))
        {
            options.Bans.SetNeverBan(neverBan);
        }

        return options;
    }

    private async Task<Listener> Open(ListenerOptions options, ConnectionHandlers handlers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ObjectDisposedException.ThrowIf(_stop is not null, this);
        if (!_listeners.TryAdd(options.Name, null))
        {
            throw new ListenerAlreadyExistsException(options.Name, Find(options.Name)?.State ?? ListenerState.Running);
        }

        try
        {
            ListenerOptions effective = options.Copy();
            effective.Inherit(_options.ListenerDefaults);
            var opening = new ListenerOpening(effective, _parts, _transport, _boss, _workers, _logger) { Diagnostics = _diagnostics };
            Listener listener = await opening.Open(handlers).ConfigureAwait(false);
            await Keep(listener).ConfigureAwait(false);
            opening.LogOpened(listener);
            return listener;
        }
        catch (Exception)
        {
            _listeners.TryRemove(KeyValuePair.Create(options.Name, (Listener?)null));

            // When the loops are ending, whatever failed failed because of that.
            ObjectDisposedException.ThrowIf(_stop is not null, this);
            throw;
        }
    }

    private async Task Keep(Listener listener)
    {
        if (TryKeep(listener))
        {
            // The server may have been changed while it was being opened.
            listener.FollowServer();
            return;
        }

        // The server was stopped meanwhile, and knew nothing of this listener.
        await listener.EndAsync(new DrainOptions { Timeout = TimeSpan.Zero }).ConfigureAwait(false);
        throw new ObjectDisposedException(nameof(SocketServer));
    }

    private bool TryKeep(Listener listener)
    {
        lock (_stopping)
        {
            if (_stop is not null)
            {
                return false;
            }

            _listeners[listener.Name] = listener;
            return true;
        }
    }

    private void OnSignal(string signal, bool again)
    {
        TimeSpan timeout = again ? TimeSpan.Zero : _options.DrainTimeout;
        Log.Signal(_logger, signal, timeout);
        _ = StopAsync(timeout);
    }

    private async Task Stop(TimeSpan drainTimeout)
    {
        try
        {
            await Task.WhenAll(Listeners.Select(listener => listener.EndAsync(new DrainOptions { Timeout = drainTimeout }))).ConfigureAwait(false);
        }
        finally
        {
            await Task.WhenAll(EndLoops(_boss), EndLoops(_workers)).ConfigureAwait(false);
            _diagnostics.Dispose();
            _listeners.Clear();
            _parts.Dispose();
            _stopped.TrySetResult();
        }
    }

    private static Task EndLoops(IEventLoopGroup loops) => loops.ShutdownGracefullyAsync(TimeSpan.Zero, TimeSpan.FromSeconds(5));
}
