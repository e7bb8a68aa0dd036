using System.Diagnostics;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Diagnostics;

namespace EsockdNetty.Connections;

/// <summary>
/// What one accepted connection was given: permits, an account, a place in a list. All of it is given back exactly once, when the transport
/// says that the channel is closed: one that was refused, never registered, failed or reset, like any other. It also keeps why it ended.
/// </summary>
public sealed class ConnectionLease : ICloseListener
{
    private readonly long _made = Stopwatch.GetTimestamp();
    private Slots _slots;
    private ClientAddress _client;
    private Activity? _accepting;

    // One more than the reason's number; 0 while there is none.
    private byte _closeReason;
    private volatile bool _closed;
    private bool _clientIsKnown;
    private bool _hasAccount;
    private int _work;

    private ConnectionLease(AbstractChannel channel) => Channel = channel;

    /// <summary>The connection.</summary>
    public IChannel Channel { get; }

    /// <summary>
    /// Whose the connection is: what rules, limits and bans are judged on. The socket's peer, as of the first question, unless somebody has said
    /// who it is. Client permits are given back in this name: it is set before the first of them is taken, by whoever has the connection then.
    /// </summary>
    public ClientAddress Client
    {
        get
        {
            if (!_clientIsKnown)
            {
                Client = ClientAddress.Of(Channel);
            }

            return _client;
        }

        set
        {
            _client = value;
            _clientIsKnown = true;
        }
    }

    /// <summary>Why the connection ends; null until somebody has said it.</summary>
    public CloseReason? CloseReason => Volatile.Read(ref _closeReason) is var reason and > 0 ? (CloseReason)(reason - 1) : null;

    /// <summary>Time since the connection was accepted.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_made);

    /// <summary>Somebody works for it just now, as <see cref="ConnectionWork"/> says.</summary>
    internal bool IsWorking => Volatile.Read(ref _work) > 0;

    /// <summary>The immutable settings the connection was accepted with; null where its listener keeps none here.</summary>
    public object? Settings { get; set; }

    /// <summary>Where its listener's <see cref="LiveConnections"/> keep it; theirs alone, under their lock.</summary>
    internal int LivePlace { get; set; }

    /// <summary>The activity of its way in, while somebody listens and it is on it.</summary>
    internal Activity? Accepting { get => Volatile.Read(ref _accepting); set => Volatile.Write(ref _accepting, value); }

    /// <summary>The lease of a connection; made when it has none. After the close it is still there for those who ask why.</summary>
    /// <exception cref="ArgumentException">The channel is no <see cref="AbstractChannel"/>, which alone tells of its close.</exception>
    /// <exception cref="InvalidOperationException">Somebody else is the channel's close listener.</exception>
    public static ConnectionLease Of(IChannel child)
    {
        ArgumentNullException.ThrowIfNull(child);
        if (child is not AbstractChannel channel)
        {
            throw new ArgumentException($"A {child.GetType().Name} does not tell when it is closed.", nameof(child));
        }

        return channel.CloseListener switch
        {
            ConnectionLease lease => lease,
            null => Make(channel),
            var other => throw new InvalidOperationException($"A {other.GetType().Name} is the channel's close listener already."),
        };
    }

    internal void BeginWork() => Interlocked.Increment(ref _work);

    internal void EndWork() => Interlocked.Decrement(ref _work);

    /// <summary>Takes over a permit. On a connection that is closed already it is given back at once.</summary>
    /// <returns>False when the connection is closed.</returns>
    /// <exception cref="InvalidOperationException">The lease holds eight things already; the permit is given back.</exception>
    public bool Add(IPermitSource permit)
    {
        ArgumentNullException.ThrowIfNull(permit);
        return Keep(permit);
    }

    /// <summary>Takes over a permit that was given to <see cref="Client"/>. On a connection that is closed already it is given back at once.</summary>
    /// <returns>False when the connection is closed.</returns>
    /// <exception cref="InvalidOperationException">The lease holds eight things already; the permit is given back.</exception>
    public bool Add(IClientPermitSource permit)
    {
        ArgumentNullException.ThrowIfNull(permit);
        return Keep(permit);
    }

    /// <summary>Tells <paramref name="listener"/> of the close, once; at once when the connection is closed already.</summary>
    /// <returns>False when the connection is closed.</returns>
    /// <exception cref="InvalidOperationException">The lease holds eight things already.</exception>
    public bool Add(ICloseListener listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        return Keep(listener);
    }

    /// <summary>Says why the connection ends. The first reason stays.</summary>
    /// <returns>False when there is one already.</returns>
    public bool TrySetCloseReason(CloseReason reason) => Interlocked.CompareExchange(ref _closeReason, (byte)(reason + 1), (byte)0) == 0;

    /// <summary>Whoever is told so first opens the connection's account, and nobody else does.</summary>
    internal bool TryOpenAccount() => !Interlocked.Exchange(ref _hasAccount, true);

    /// <summary>Called by the transport; gives everything back.</summary>
    public void OnClosed(IChannel channel)
    {
        _closed = true;
        Interlocked.MemoryBarrier();
        for (int i = 0; i < Slots.Count; i++)
        {
            GiveBack(Interlocked.Exchange(ref _slots[i], null));
        }

        AcceptActivity.Closed(this);
    }

    /// <summary>Takes a permit out before the close; whoever gets it gives it back himself.</summary>
    internal T? TryTake<T>(Func<T, object, bool> matches, object argument)
        where T : class, IPermitSource
    {
        for (int i = 0; i < Slots.Count; i++)
        {
            if (Volatile.Read(ref _slots[i]) is T permit && matches(permit, argument)
                && ReferenceEquals(Interlocked.CompareExchange(ref _slots[i], null, permit), permit))
            {
                return permit;
            }
        }

        return null;
    }

    /// <summary>Takes the activity of its way in, for whoever ends it; null for all who come later.</summary>
    internal Activity? TakeAccepting() => _accepting is null ? null : Interlocked.Exchange(ref _accepting, null);

    /// <summary>The first thing of a kind that it holds; null when it holds none, or the connection is closed.</summary>
    internal T? Find<T>()
        where T : class
    {
        for (int i = 0; i < Slots.Count; i++)
        {
            if (Volatile.Read(ref _slots[i]) is T found)
            {
                return found;
            }
        }

        return null;
    }

    private static ConnectionLease Make(AbstractChannel channel)
    {
        var lease = new ConnectionLease(channel);
        channel.CloseListener = lease;
        return lease;
    }

    private bool Keep(object thing)
    {
        for (int i = 0; i < Slots.Count; i++)
        {
            if (Interlocked.CompareExchange(ref _slots[i], thing, null) is null)
            {
                return StaysIn(i, thing);
            }
        }

        if (thing is not ICloseListener)
        {
            GiveBack(thing);
        }

        throw new InvalidOperationException($"A connection can hold {Slots.Count} permits and close listeners, and this one does.");
    }

    // The close may have passed this slot by just before; whoever comes second of the two sees the other's write.
    private bool StaysIn(int slot, object thing)
    {
        Interlocked.MemoryBarrier();
        if (!_closed)
        {
            return true;
        }

        GiveBack(Interlocked.CompareExchange(ref _slots[slot], null, thing) == thing ? thing : null);
        return false;
    }

    private void GiveBack(object? thing)
    {
        switch (thing)
        {
            case IPermitSource permit:
                permit.Release();
                break;
            case IClientPermitSource permit:
                // As it was when the permit was taken: asking the system again could give another answer.
                permit.Release(_client);
                break;
            case ICloseListener listener:
                listener.OnClosed(Channel);
                break;
        }
    }

    [System.Runtime.CompilerServices.InlineArray(Count)]
    private struct Slots
    {
        public const int Count = 8;

        private object? _first;
    }
}
