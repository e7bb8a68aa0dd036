using System.Net;
using DotNetty.Transport.Channels;
using EsockdNetty.Statistics;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Rebinding;

/// <summary>
/// A listener's server channels: one, or as many as it has acceptors, which share the port. Each is bound again by itself when it is lost; when
/// one of them gives up, the listener has failed and all end.
/// </summary>
internal sealed partial class ListeningChannels
{
    private readonly AcceptorBind _bind;
    private readonly ListeningChannel[] _all;

    // One binds at a time: whether it is the first on the port depends on the others.
    private readonly Lock _gate = new();
    private Task _binding = Task.CompletedTask;
    private int _failed;

    private readonly Func<ListeningChannels, Task> _listening;
    private readonly ILogger _logger;

    private ListeningChannels(
        IChannel[] bound, AcceptorBind bind, ListenerCounters counters, ILogger logger, TimeProvider time, Func<ListeningChannels, Task> listening)
    {
        _bind = bind;
        _listening = listening;
        _logger = logger;
        LocalAddress = bound[0].LocalAddress;
        _all = [.. bound.Select((channel, acceptor) => new ListeningChannel(channel, () => BindAgain(acceptor), counters, logger, time))];
    }

    /// <summary>Where they listen, with the port the system chose.</summary>
    public EndPoint LocalAddress { get; }

    /// <summary>The channels that accept, or the last that did.</summary>
    public IReadOnlyList<IChannel> Current => [.. _all.Select(static channel => channel.Current)];

    /// <summary>
    /// Binds so many acceptors; none of them accepts before all are bound and <paramref name="listening"/> has been told. What fails leaves nothing
    /// behind.
    /// </summary>
    public static async Task<ListeningChannels> Open(
        int acceptors,
        EndPoint endPoint,
        AcceptorBind bind,
        ListenerCounters counters,
        ILogger logger,
        TimeProvider time,
        Func<ListeningChannels, Task>? listening = null)
    {
        var bound = new List<IChannel>(acceptors);
        try
        {
            bound.Add(await bind(0, endPoint, acceptors == 1 ? PortUse.Alone : PortUse.First).ConfigureAwait(false));
            while (bound.Count < acceptors)
            {
                bound.Add(await bind(bound.Count, bound[0].LocalAddress, PortUse.Joining).ConfigureAwait(false));
            }
        }
        catch
        {
            await Task.WhenAll(bound.Select(static channel => channel.CloseAsync())).ConfigureAwait(false);
            throw;
        }

        var channels = new ListeningChannels([.. bound], bind, counters, logger, time, listening ?? (static _ => Task.CompletedTask));
        await channels.TellOrAbandon().ConfigureAwait(false);
        bound.ForEach(BeginToAccept);
        return channels;
    }

    /// <summary>Keeps the address bound from now on.</summary>
    /// <param name="listener">The name in the log.</param>
    /// <param name="failed">Called once, when one of them gives up.</param>
    public void Keep(string listener, Action<Exception> failed)
    {
        foreach (ListeningChannel channel in _all)
        {
            channel.Keep(listener, fault => GiveUp(fault, failed));
        }
    }

    /// <summary>Takes whoever has connected already, then closes the sockets; a unix socket's file goes with it.</summary>
    public Task Stop() => Task.WhenAll(_all.Select(static channel => channel.Stop()));

    private async Task TellOrAbandon()
    {
        try
        {
            await _listening(this).ConfigureAwait(false);
        }
        catch
        {
            await Task.WhenAll(_all.Select(static channel => channel.Abandon())).ConfigureAwait(false);
            throw;
        }
    }

    private static void BeginToAccept(IChannel channel) => channel.Configuration.AutoRead = true;

    private Task<IChannel> BindAgain(int acceptor)
    {
        lock (_gate)
        {
            Task<IChannel> next = BindAfter(_binding, acceptor);
            _binding = next;
            return next;
        }
    }

    private async Task<IChannel> BindAfter(Task before, int acceptor)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);

        // Bound again it is the port the system chose the first time.
        IChannel channel = await _bind(acceptor, LocalAddress, UseNow(acceptor)).ConfigureAwait(false);

        // Before the next one's turn: seen by it, or it would want the port alone as well.
        _all[acceptor].Current = channel;
        await Tell().ConfigureAwait(false);
        BeginToAccept(channel);
        return channel;
    }

    private async Task Tell()
    {
        try
        {
            await _listening(this).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            Log.CallbackFailed(_logger, fault, LocalAddress);
        }
    }

    // The last of all to come back is as the first was: somebody else may have taken the port meanwhile.
    private PortUse UseNow(int acceptor) =>
        _all.Length == 1 ? PortUse.Alone
        : Others(acceptor).Any(static other => other.Current.Active) ? PortUse.Joining
        : PortUse.First;

    private void GiveUp(Exception fault, Action<Exception> failed)
    {
        if (Interlocked.Exchange(ref _failed, 1) == 0)
        {
            // Whoever closes the listener awaits the same.
            _ = Stop();
            failed(fault);
        }
    }

    private IEnumerable<ListeningChannel> Others(int acceptor) => _all.Where((_, index) => index != acceptor);

    private static partial class Log
    {
        [LoggerMessage(213, LogLevel.Error, "OnListening has failed after {Address} was bound again; the listener accepts all the same")]
        public static partial void CallbackFailed(ILogger logger, Exception fault, EndPoint address);
    }
}
