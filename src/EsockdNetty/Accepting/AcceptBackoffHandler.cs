using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Accepting;

/// <summary>
/// The first stage of a server pipeline: decides when to accept again after an <see cref="AcceptException"/>, which ends here. A transient error
/// belongs to one client: again at once; after 64 in a row, and after any other error, a pause that doubles from the shortest to the longest
/// until a round of accepts goes well. While it pauses it withholds <c>Read</c>. An error that a gate fires for a connection it refused is one
/// of those, but the pause begins only when there was one a millisecond of it: a backlog left to fill up with clients that have given up would
/// drop those that come later. Only our own close ends accepting, and a listening socket that is gone, which is told by
/// <see cref="ListenerLost"/>.
/// </summary>
public sealed class AcceptBackoffHandler : ChannelHandlerAdapter
{
    private const int MostTransientInARow = 64;

    private static readonly TimeSpan DefaultShortest = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan DefaultLongest = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _shortest;
    private readonly TimeSpan _longest;
    private TimeSpan _next;
    private IScheduledTask? _pause;
    private int _transientInARow;
    private int _refusedByGates;
    private bool _inRound;
    private bool _roundFailed;
    private bool _readWithheld;
    private bool _lost;

    /// <summary>Pauses of 5 ms to 1 s.</summary>
    public AcceptBackoffHandler()
        : this(DefaultShortest, DefaultLongest)
    {
    }

    /// <summary>Pauses of the given lengths.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The shortest is not above zero, or the longest is less than it.</exception>
    public AcceptBackoffHandler(TimeSpan shortest, TimeSpan longest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(shortest, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, shortest);
        _shortest = shortest;
        _longest = longest;
        _next = shortest;
    }

    /// <summary>True while it withholds accepting.</summary>
    public bool IsPaused => Volatile.Read(ref _pause) is not null;

    /// <inheritdoc/>
    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (exception is AcceptException failure)
        {
            OnFailure(context, failure);
        }
        else
        {
            context.FireExceptionCaught(exception);
        }
    }

    /// <inheritdoc/>
    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (!_inRound)
        {
            _inRound = true;
            _roundFailed = false;
        }

        context.FireChannelRead(message);
    }

    /// <inheritdoc/>
    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        // A round in which a gate had to refuse for want of descriptors was no success, though it brought connections.
        if (_inRound && !_roundFailed)
        {
            _next = _shortest;
            _transientInARow = 0;
        }

        _inRound = false;
        context.FireChannelReadComplete();
    }

    /// <inheritdoc/>
    public override void Read(IChannelHandlerContext context)
    {
        if (_pause is not null || _lost)
        {
            _readWithheld = true;
        }
        else
        {
            context.Read();
        }
    }

    /// <inheritdoc/>
    public override void ChannelInactive(IChannelHandlerContext context)
    {
        EndPause();
        context.FireChannelInactive();
    }

    /// <inheritdoc/>
    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        EndPause();
        PassRead(context);
    }

    private void OnFailure(IChannelHandlerContext context, AcceptException failure)
    {
        _roundFailed = _inRound;
        if (failure.Kind == AcceptErrorKind.ListenerLost)
        {
            _lost = true;
            context.FireUserEventTriggered(new ListenerLost(failure.Error) { ErrorName = failure.ErrorName });
            return;
        }

        if (_pause is not null)
        {
            return;
        }

        if (_inRound && ++_refusedByGates < _next.TotalMilliseconds)
        {
            return;
        }

        // The failed accept used up the read that was asked for. Within a round a gate has failed, and the next read is asked for as always.
        _readWithheld |= !_inRound;
        if (failure.Kind == AcceptErrorKind.Transient && ++_transientInARow <= MostTransientInARow)
        {
            PassRead(context);
        }
        else
        {
            Pause(context, failure);
        }
    }

    private void Pause(IChannelHandlerContext context, AcceptException failure)
    {
        _refusedByGates = 0;
        TimeSpan length = _next;
        _next = length < _longest / 2 ? length * 2 : _longest;
        _pause = context.Executor.Schedule(static (self, context) => ((AcceptBackoffHandler)self!).Resume((IChannelHandlerContext)context!), this, context, length);
        context.FireUserEventTriggered(new AcceptPaused(failure.Kind, failure.Error, length) { ErrorName = failure.ErrorName });
    }

    private void Resume(IChannelHandlerContext context)
    {
        _pause = null;
        PassRead(context);
    }

    private void PassRead(IChannelHandlerContext context)
    {
        if (_readWithheld && !_lost)
        {
            _readWithheld = false;
            context.Read();
        }
    }

    private void EndPause()
    {
        _pause?.Cancel();
        _pause = null;
    }
}
