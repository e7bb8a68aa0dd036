using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Access;
using EsockdNetty.Alarms;
using EsockdNetty.Connections;
using EsockdNetty.Control;
using EsockdNetty.Draining;
using EsockdNetty.Opening;
using EsockdNetty.Statistics;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace EsockdNetty;

/// <summary>
/// One name at one address, with its own limits and its own connections. Made by
/// <see cref="SocketServer.OpenAsync(ListenerOptions, PipelineInitializer)"/>. Every member may be called from any thread.
/// </summary>
public sealed class Listener
{
    private readonly ListenerParts _parts;
    private readonly ListenerLife _life;
    private readonly Lock _changing = new();

    internal Listener(ListenerParts parts, ListenerLife life, ListenAddress address)
    {
        _parts = parts;
        _life = life;
        Name = parts.Settings.Name;
        Address = address;
    }

    /// <summary>Its connections have become many, or are no longer; see <see cref="AlarmOptions"/>. Called where it happens: must not wait.</summary>
    public event Action<ConnectionAlarm>? Alarmed
    {
        add => _parts.Alarmed += value;
        remove => _parts.Alarmed -= value;
    }

    /// <summary>The name it was opened with.</summary>
    public string Name { get; }

    /// <summary>Where it listens, with the port the system chose; the same after it was suspended or closed.</summary>
    public ListenAddress Address { get; }

    /// <summary>What it does.</summary>
    public ListenerState State => _life.State;

    /// <summary>
    /// True while one of its sockets accepts nothing because a limit has no permit to give, its own, the server's or its rate, and connections over
    /// it wait (<see cref="OverLimit.Wait"/>): a flag of <see cref="ListenerState.Running"/>, from the first moment on; after 5 s of it there is a
    /// warning, unless no client knocks, which is looked at again every 5 s. For a limit of connections it waits on epoll only when a client does; for
    /// a rate, and on .NET's sockets, as soon as there is no permit for the next one.
    /// </summary>
    public bool IsWaiting => _parts.Waits.IsWaiting;

    /// <summary>
    /// True while one of its sockets accepts nothing because the system could not, for want of descriptors or memory: 5 ms at first, 1 s at most. A
    /// flag of <see cref="ListenerState.Running"/>.
    /// </summary>
    public bool IsPaused => ServerChannels.Any(static channel => channel.Pipeline.Get<AcceptBackoffHandler>() is { IsPaused: true });

    /// <summary>The options in effect, as a copy: to change one, <see cref="Update"/>.</summary>
    public CommonListenerOptions Options => OptionsWith(_parts.Access.Rules);

    /// <summary>Its access rules, to be asked and changed one by one while it runs.</summary>
    public AccessControl Access => _parts.Access;

    /// <summary>Its live connections, one after the other as they are found: those that come or go meanwhile may be among them or not.</summary>
    public IEnumerable<Connection> Connections => _parts.Live.Connections;

    /// <summary>Live connections, from accept to close.</summary>
    public int ConnectionCount => _parts.Live.Count;

    /// <summary>Live connections above which new ones are refused or wait.</summary>
    public int MaxConnections => _parts.Limit.Limit;

    /// <summary>Connections accepted but not admitted yet above which the oldest of them is reset.</summary>
    public int MaxPending => _parts.Pending.Limit;

    /// <summary>What it has counted so far.</summary>
    public ListenerStatistics Statistics
    {
        get
        {
            ConnectionTraffic traffic = Traffic;
            Backlog? backlog = Backlog;
            return _parts.Counters.Snapshot() with
            {
                BytesReceived = traffic.BytesReceived,
                BytesSent = traffic.BytesSent,
                MessagesReceived = traffic.MessagesReceived,
                MessagesSent = traffic.MessagesSent,
                BacklogDepth = backlog?.Depth,
                BacklogLimit = backlog?.Limit,
                ListenOverflows = NetworkCounters.ListenOverflows,
                IsWaiting = IsWaiting,
                IsPaused = IsPaused,
                LoopLag = _parts.Diagnostics?.LoopLag ?? TimeSpan.Zero,
            };
        }
    }

    /// <summary>
    /// Completes when the listener has ended and its last connection is closed. Faults with <see cref="ListenerFailedException"/> when its socket
    /// was lost too often: then it accepts nothing any more, and its connections live until it is closed. Opened again it has a new one.
    /// </summary>
    public Task Completion => _life.Completion;

    internal ConnectionLimit Limit => _parts.Limit;

    /// <summary>Its counts, as they are.</summary>
    internal ListenerCounters Counters => _parts.Counters;

    /// <summary>What went over its connections so far; asks each that lives.</summary>
    internal ConnectionTraffic Traffic => _parts.Traffic.Read();

    /// <summary>What waits to be accepted, where the system tells.</summary>
    internal Backlog? Backlog => EsockdNetty.Statistics.Backlog.Of(ServerChannels);

    /// <summary>What its metrics are tagged with.</summary>
    internal IReadOnlyList<Tag> Tags => _parts.Diagnostics?.Tags ?? [];

    /// <summary>The channel that accepts; of several acceptors the first.</summary>
    internal IChannel ServerChannel => ServerChannels[0];

    /// <summary>The channels that accept, one an acceptor.</summary>
    internal IReadOnlyList<IChannel> ServerChannels => _life.Listening.Current;

    /// <summary>
    /// Changes options while it runs, all or nothing: when one value is wrong, none is changed. What was not set stays as it is. Limits hold at
    /// once; the rest holds for connections accepted from now on, and never touches a living one. Rules that <see cref="Access"/> is given meanwhile stay,
    /// unless <paramref name="change"/> changes those of the options too.
    /// </summary>
    /// <param name="change">Sets what is to be changed. What it throws is thrown here, and nothing is changed.</param>
    /// <exception cref="ListenerOptionsException">Options are wrong: all faults together.</exception>
    public void Update(Action<CommonListenerOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_changing)
        {
            AccessRules given = _parts.Access.Rules;
            CommonListenerOptions draft = OptionsWith(given);
            change(draft);

            // Copied again: whoever kept the draft cannot change what is in effect.
            ListenerSettings next = SettingsChange.Check(_parts.Settings, Address, draft.Copy(), _parts, reload: false);
            AccessRules wanted = next.Options.Access.ToRules();
            Apply(next, wanted.SequenceEqual(given) ? null : wanted);
        }

        Log.Updated(_parts.Logger, Name, ListenerText.Of(this));
    }

    /// <summary>Reads certificate, key and authorities again, from where they came, for connections accepted from now on. When that fails nothing is changed.</summary>
    /// <exception cref="ListenerOptionsException">A file is missing or wrong.</exception>
    public void ReloadCertificates()
    {
        lock (_changing)
        {
            Apply(SettingsChange.Check(_parts.Settings, Address, _parts.Settings.Options, _parts, reload: true));
        }
    }

    /// <summary>Serves connections accepted from now on by another loop; those that live stay with theirs.</summary>
    public void SwapHandlers(SessionHandler session)
    {
        ArgumentNullException.ThrowIfNull(session);
        Swap(new ConnectionHandlers(session));
    }

    /// <summary>Serves connections accepted from now on by other handlers; those that live stay with theirs.</summary>
    public void SwapHandlers(PipelineInitializer pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        Swap(new ConnectionHandlers(pipeline));
    }

    /// <summary>Takes whoever has connected already, then listens no more; its connections live on. Nothing happens when it is suspended already.</summary>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public Task SuspendAsync() => _life.Suspend();

    /// <summary>Listens again at the same address, with the options in effect now. Nothing happens when it runs already.</summary>
    /// <exception cref="InvalidOperationException">It is neither suspended nor failed.</exception>
    /// <exception cref="BindException">The address cannot be listened on any more; it stays as it was.</exception>
    public async Task ResumeAsync()
    {
        if (await _life.Resume().ConfigureAwait(false))
        {
            Log.Resumed(_parts.Logger, Name, Address);
        }
    }

    /// <summary>
    /// Accepts no more and lets connections end: what waits in the backlog is taken first, quiet connections are closed at a pace, busy ones
    /// when they are quiet, the rest at the deadline. Completes when the last is closed. Busy is one with a partial frame, with bytes that wait to be
    /// sent, with a session between receiving and answering, or with a handler at work by <see cref="Connection.BeginWork"/>. The limits hold to the
    /// end: who waits over one of them (<see cref="OverLimit.Wait"/>) is reset when the listening socket is closed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A time below zero.</exception>
    public Task DrainAsync(DrainOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _life.Drain(options.Checked());
    }

    /// <summary>Drains by a deadline; zero closes every connection at once. Asked again, the shorter time wins.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero.</exception>
    public Task DrainAsync(TimeSpan timeout) => DrainAsync(new DrainOptions { Timeout = timeout });

    /// <summary>Accepts no more and closes every connection: what was flushed goes out first. It keeps its name, and may be opened again.</summary>
    public Task CloseAsync() => DrainAsync(TimeSpan.Zero);

    /// <summary>Closes it, unless it is closed, and opens it again: same address, options and handlers in effect, counts going on.</summary>
    /// <exception cref="BindException">The address cannot be listened on any more; it stays closed.</exception>
    /// <exception cref="ObjectDisposedException">It was removed from its server, or the server was stopped.</exception>
    public async Task ReopenAsync()
    {
        await _life.Reopen().ConfigureAwait(false);
        Log.Resumed(_parts.Logger, Name, Address);
    }

    /// <summary>Completes when the number of live connections fulfils <paramref name="condition"/>, at once when it does already.</summary>
    /// <param name="condition">Judged at every change, on the thread where it happens; must not wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task WaitForConnectionsAsync(Predicate<int> condition, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return _parts.Live.When(condition, cancellation);
    }

    /// <summary>Closes in order the connections that fulfil a condition, for a reason that stands in counts and logs.</summary>
    /// <returns>How many those were.</returns>
    public async Task<int> CloseConnectionsAsync(Predicate<Connection> condition, CloseReason reason = CloseReason.Kicked)
    {
        ArgumentNullException.ThrowIfNull(condition);
        Task[] closing = [.. Connections.Where(connection => condition(connection)).Select(connection => connection.CloseAsync(reason))];
        await Task.WhenAll(closing).ConfigureAwait(false);
        return closing.Length;
    }

    /// <summary>Takes on what its server's options say where its own say nothing.</summary>
    internal void FollowServer()
    {
        lock (_changing)
        {
            _parts.SetLimits();
        }
    }

    /// <summary>Drains it for good: it cannot be opened again.</summary>
    internal Task EndAsync(DrainOptions options) => _life.Drain(options, forGood: true);

    private void Swap(ConnectionHandlers handlers)
    {
        lock (_changing)
        {
            Apply(_parts.Settings.With(handlers));
        }
    }

    private CommonListenerOptions OptionsWith(AccessRules rules)
    {
        CommonListenerOptions options = _parts.Settings.Options.Copy();
        options.Access.Clear();
        foreach (AccessRule rule in rules)
        {
            options.Access.Add(rule.ToString());
        }

        return options;
    }

    private void Apply(ListenerSettings settings, AccessRules? access = null)
    {
        _parts.Apply(settings, access);
        foreach (IChannel channel in ServerChannels)
        {
            channel.Pipeline.FireUserEventTriggered(ListenerUpdated.Instance);
        }
    }
}
