using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Draining;
using EsockdNetty.Sessions;
using RejectedExecutionException = DotNetty.Common.Concurrency.RejectedExecutionException;

namespace EsockdNetty;

/// <summary>
/// One connection as a plain loop: receive a packet, send a packet. It belongs to the connection's event loop; calls from elsewhere are
/// brought there.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A cancellation source without a timer or a handle holds nothing to give back.")]
public sealed class Session
{
    private readonly IChannelHandlerContext _context;
    private readonly PacketWriter _writer;
    private readonly Queue<IByteBuffer> _received = new();
    private readonly LoopAwaitable<ReadOnlySequence<byte>?> _receive;
    private readonly CancellationTokenSource _closed = new();
    private CancellationTokenRegistration _cancellation;
    private TaskCompletionSource? _writable;
    private IByteBuffer? _current;
    private CancellationToken _waitsWith;
    private bool _ended;
    private bool _draining;
    private bool _served;

    internal Session(IChannelHandlerContext context, PacketWriter writer)
    {
        _context = context;
        _writer = writer;
        _receive = new LoopAwaitable<ReadOnlySequence<byte>?>(context.Executor);
        Closed = _closed.Token;
    }

    /// <summary>The client's address; null for a unix peer without a name.</summary>
    public EndPoint? RemoteAddress => Channel.RemoteAddress;

    /// <summary>The address the client connected to.</summary>
    public EndPoint? LocalAddress => Channel.LocalAddress;

    /// <summary>The connection below, for what a loop does not offer.</summary>
    public IChannel Channel => _context.Channel;

    /// <summary>The connection, with its counts and its timeouts.</summary>
    public Connection Connection => Connection.Of(Channel);

    /// <summary>Cancelled when the connection is closed.</summary>
    public CancellationToken Closed { get; }

    /// <summary>True while its loop waits for the peer.</summary>
    internal bool IsWaiting => _receive.IsPending;

    /// <summary>True when the drain has ended it.</summary>
    internal bool IsDrained { get; private set; }

    /// <summary>True when the connection is closed, or its close has begun.</summary>
    internal bool IsOver => !Channel.Active || ConnectionLease.Of(Channel).CloseReason is not null;

    /// <summary>
    /// The next packet, valid until the next receive; null when the peer has ended or the listener drains. With packet type raw: the bytes of
    /// one read.
    /// </summary>
    /// <exception cref="InvalidOperationException">The receive before has not ended.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the connection stays as it is.</exception>
    public ValueTask<ReadOnlySequence<byte>?> ReceiveAsync(CancellationToken cancellation = default)
    {
        if (!_context.Executor.InEventLoop)
        {
            return new(ReceiveOnLoop(cancellation));
        }

        if (_receive.IsPending)
        {
            throw new InvalidOperationException("The receive before has not ended: await one before the next.");
        }

        ReleaseCurrent();
        if (_received.TryDequeue(out _current))
        {
            _served = true;
            return new(_current.ReadableSequence);
        }

        return _ended ? new((ReadOnlySequence<byte>?)null) : Wait(cancellation);
    }

    /// <summary>
    /// Sends a packet. Done when the bytes are out of your hands: they were copied, and there is room for more.
    /// </summary>
    /// <exception cref="PacketException">The packet is too long for the packet type or for MaxFrame; nothing was sent and the connection goes on.</exception>
    /// <exception cref="SendTimeoutException">The peer did not take what it was sent in time.</exception>
    /// <exception cref="ConnectionClosedException">The connection is closed.</exception>
    public ValueTask SendAsync(ReadOnlySequence<byte> packet, CancellationToken cancellation = default)
    {
        if (!_context.Executor.InEventLoop)
        {
            return new(SendOnLoop(packet, cancellation));
        }

        cancellation.ThrowIfCancellationRequested();
        _writer.ThrowIfTooLong(packet.Length);
        if (IsOver)
        {
            return ValueTask.FromException(Gone());
        }

        int length = checked((int)packet.Length);
        IByteBuffer copy = _context.Allocator.Buffer(Math.Max(length, 1));
        foreach (ReadOnlyMemory<byte> part in packet)
        {
            copy.WriteBytes(part.Span);
        }

        _context.Write(copy);
        _context.Flush();
        return Channel.IsWritable ? default : WaitForRoom(cancellation);
    }

    /// <inheritdoc cref="SendAsync(ReadOnlySequence{byte}, CancellationToken)"/>
    public ValueTask SendAsync(ReadOnlyMemory<byte> packet, CancellationToken cancellation = default) =>
        SendAsync(new ReadOnlySequence<byte>(packet), cancellation);

    internal void OnMessage(IByteBuffer message)
    {
        if (_ended)
        {
            message.Release();
        }
        else if (_receive.IsPending)
        {
            _served = true;
            _current = message;
            Answer(message.ReadableSequence);
        }
        else
        {
            _received.Enqueue(message);
        }
    }

    /// <summary>A read is through and gave nothing to the one who waits: another.</summary>
    internal void OnReadComplete()
    {
        if (_receive.IsPending)
        {
            _context.Read();
        }
    }

    internal void OnInputEnd()
    {
        _ended = true;
        if (_receive.IsPending)
        {
            Answer(null);
        }
    }

    internal void OnWritable()
    {
        if (Channel.IsWritable)
        {
            Interlocked.Exchange(ref _writable, null)?.TrySetResult();
        }
    }

    /// <summary>The packets received before are still there for the loop.</summary>
    internal void OnClosed()
    {
        OnInputEnd();
        Interlocked.Exchange(ref _writable, null)?.TrySetException(Gone());
        _closed.Cancel();
    }

    /// <summary>The handler has returned: nothing it received is valid any more, and nobody will take the rest.</summary>
    internal void OnHandlerEnd()
    {
        _ended = true;
        ReleaseCurrent();
        while (_received.TryDequeue(out IByteBuffer? packet))
        {
            packet.Release();
        }
    }

    /// <summary>From now on a receive that follows an answer ends the session.</summary>
    internal void Drain() => _draining = true;

    /// <summary>Ends a session that waits: its receive gives null.</summary>
    internal void EndByDrain()
    {
        if (_receive.IsPending)
        {
            IsDrained = true;
            OnInputEnd();
        }
    }

    private ValueTask<ReadOnlySequence<byte>?> Wait(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        short token = _receive.Begin();
        _waitsWith = cancellation;

        // The session's own token needs no registration: the close that cancels it answers the receive first.
        if (cancellation.CanBeCanceled && cancellation != Closed)
        {
            _cancellation = cancellation.UnsafeRegister(static (session, token) => ((Session)session!).CancelReceive(token), this);
        }

        _context.Read();
        if (_draining && _served)
        {
            // Later: what was answered in this round is sent at its end.
            _context.Executor.Execute(static session => ((Session)session).EndIfStill(), this);
        }

        return new(_receive, token);
    }

    private void EndIfStill()
    {
        if (QuietClose.IsStill(Channel))
        {
            EndByDrain();
        }
    }

    private void CancelReceive(CancellationToken cancellation)
    {
        try
        {
            _context.Executor.Execute(() => FailReceive(cancellation));
        }
        catch (RejectedExecutionException)
        {
            // The loop has ended, and every receive with it.
        }
    }

    // The receive that was cancelled may have ended meanwhile, and another wait with another token.
    private void FailReceive(CancellationToken cancellation)
    {
        if (_receive.IsPending && _waitsWith == cancellation)
        {
            _receive.Fail(new OperationCanceledException(cancellation));
        }
    }

    private void Answer(ReadOnlySequence<byte>? packet)
    {
        _cancellation.Unregister();
        _cancellation = default;
        _receive.Complete(packet);
    }

    private async ValueTask WaitForRoom(CancellationToken cancellation)
    {
        TaskCompletionSource room = _writable ??= new TaskCompletionSource();
        await room.Task.WaitAsync(cancellation);
    }

    private Task<ReadOnlySequence<byte>?> ReceiveOnLoop(CancellationToken cancellation)
    {
        try
        {
            return _context.Executor.SubmitAsync(() => ReceiveAsync(cancellation).AsTask()).Unwrap();
        }
        catch (RejectedExecutionException)
        {
            // The loop has ended, and closed the connection.
            return Task.FromResult<ReadOnlySequence<byte>?>(null);
        }
    }

    private Task SendOnLoop(ReadOnlySequence<byte> packet, CancellationToken cancellation)
    {
        try
        {
            return _context.Executor.SubmitAsync(() => SendAsync(packet, cancellation).AsTask()).Unwrap();
        }
        catch (RejectedExecutionException)
        {
            return Task.FromException(Gone());
        }
    }

    private IOException Gone() => ConnectionLease.Of(Channel).CloseReason switch
    {
        CloseReason.SendTimeout => new SendTimeoutException(),
        var reason => new ConnectionClosedException(reason),
    };

    private void ReleaseCurrent()
    {
        _current?.Release();
        _current = null;
    }
}
