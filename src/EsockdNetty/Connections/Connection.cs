using System.Net;
using DotNetty.Common.Concurrency;
using DotNetty.Common.Internal.Logging;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Codecs;
using EsockdNetty.Statistics;

namespace EsockdNetty.Connections;

/// <summary>
/// One accepted connection, as an operator sees it: who it is, what it did, how long it may be silent, and its end. A view of its channel, of no
/// cost to keep or to make; after the close it tells what it was. Any thread.
/// </summary>
public readonly struct Connection : IEquatable<Connection>
{
    private readonly ConnectionLease _lease;

    private Connection(ConnectionLease lease) => _lease = lease;

    /// <summary>Its channel.</summary>
    public IChannel Channel => _lease.Channel;

    /// <summary>Who connected, kept from when it was accepted; null for a unix peer without a name.</summary>
    public EndPoint? PeerAddress => Channel.RemoteAddress;

    /// <summary>Which process of which user connected, kept from when it was accepted; null where it is no unix socket, or the system is not Linux.</summary>
    public PeerCredentials? PeerCredentials => Connections.PeerCredentials.KeptBy(Channel);

    /// <summary>Where it was accepted.</summary>
    public EndPoint? LocalAddress => Channel.LocalAddress;

    /// <summary>Time since it was accepted.</summary>
    public TimeSpan Age => _lease.Age;

    /// <summary>Its way into the listener is behind it: header and handshake are done, and its handlers serve it.</summary>
    public bool IsAdmitted => Channel.Active && Channel.Pipeline.Get<AdmissionHandler>() is null;

    /// <summary>Why it ends or has ended; null while nobody has said so.</summary>
    public CloseReason? CloseReason => _lease.CloseReason;

    /// <summary>What its TLS handshake agreed on; null without TLS, or before it is done.</summary>
    public TlsFacts? Tls => Channel.Pipeline.Get<TlsHandler>() is { } handler ? TlsFacts.Of(handler) : null;

    /// <summary>What went over it so far.</summary>
    public ConnectionStatistics Statistics => ConnectionStatistics.Of((AbstractChannel)Channel, Meter);

    /// <summary>What went over it so far, where its listener keeps an account of it.</summary>
    internal ConnectionTraffic Traffic => Meter?.TrafficOf((AbstractChannel)Channel) ?? default;

    private ConnectionMeter? Meter => _lease.Find<ConnectionMeter>();

    /// <summary>
    /// How long it may be silent; null: for ever. A change holds at once. A connection that has ended, or whose handlers took the stage away, has
    /// none, and takes none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan? IdleTimeout
    {
        get => Channel.Pipeline.Get<IdleCloseHandler>()?.Idle;
        set => Change<IdleCloseHandler>(value, static (stage, timeout) => stage.Idle = timeout);
    }

    /// <summary>The age of the oldest byte that waits to be sent at which it is reset; null: never. A change holds at once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan? SendTimeout
    {
        get => Channel.Pipeline.Get<SlowConsumerHandler>()?.SendTimeout;
        set => Change<SlowConsumerHandler>(value, static (stage, timeout) => stage.SendTimeout = timeout);
    }

    /// <summary>How long a frame may take, as <see cref="PacketDecoder.FrameTimeout"/>; null: as long as it likes, or there are no frames. A change holds at once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan? FrameTimeout
    {
        get => Channel.Pipeline.Get<PacketDecoder>()?.FrameTimeout;
        set => Change<PacketDecoder>(value, static (stage, timeout) => stage.FrameTimeout = timeout);
    }

    /// <summary>The connection of an accepted channel.</summary>
    /// <exception cref="ArgumentException">The channel does not tell of its close.</exception>
    public static Connection Of(IChannel channel) => new(ConnectionLease.Of(channel));

    internal static Connection Of(ConnectionLease lease) => new(lease);

    /// <summary>
    /// Takes it out of the connection limits of its listener and its server, and lets another in: for one that shall not count, as an operator's.
    /// Every other gate counts it still.
    /// </summary>
    /// <returns>False when it does not count any more.</returns>
    public bool ExcludeFromCount()
    {
        bool excluded = false;
        while (_lease.TryTake<ConnectionLimit>(static (_, _) => true, _lease) is { } limit)
        {
            limit.Release();
            excluded = true;
        }

        return excluded;
    }

    /// <summary>
    /// Says that somebody works for it until what is returned is disposed of: a handler that has received something and answers later. Meanwhile it is
    /// not quiet, and a drain does not close it before its deadline. A handler that answers before it returns, and a session, need not say so. Any
    /// thread; one object is allocated.
    /// </summary>
    public ConnectionWork BeginWork() => new(_lease);

    /// <summary>Closes it in order, what was flushed first. The reason stands in counts and logs unless there is one already.</summary>
    public Task CloseAsync(CloseReason reason = Connections.CloseReason.Kicked) => Channel.CloseBecause(reason);

    /// <summary>Closes it at once: what waits to be sent is lost, and the peer sees a reset.</summary>
    public void Reset(CloseReason reason = Connections.CloseReason.Kicked) => Channel.ResetBecause(reason);

    /// <inheritdoc/>
    public bool Equals(Connection other) => ReferenceEquals(_lease, other._lease);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Connection other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _lease?.GetHashCode() ?? 0;

    /// <summary>The peer's address, fit for a log.</summary>
    public override string ToString() => PeerText.Of(PeerAddress);

    /// <summary>Two views of one connection.</summary>
    public static bool operator ==(Connection left, Connection right) => left.Equals(right);

    /// <summary>Views of two connections.</summary>
    public static bool operator !=(Connection left, Connection right) => !left.Equals(right);

    // A stage is changed where it works, on its loop.
    private void Change<TStage>(TimeSpan? timeout, Action<TStage, TimeSpan?> change)
        where TStage : class, IChannelHandler
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(timeout));
        if (Channel.Pipeline.Get<TStage>() is not { } stage || !Channel.Registered)
        {
            return;
        }

        if (Channel.EventLoop.InEventLoop)
        {
            change(stage, timeout);
            return;
        }

        try
        {
            Channel.EventLoop.Execute(() => change(stage, timeout));
        }
        catch (RejectedExecutionException)
        {
            // The loop has ended, and the connection with it.
        }
    }
}
