using DotNetty.Common;
using DotNetty.Common.Concurrency;

namespace EsockdNetty.Codecs;

/// <summary>
/// The time a frame may take to arrive: a timeout from its first byte and one second for every KiB received, counted while the peer is being
/// read. One timer at most, set when a frame is incomplete, moved only when it runs out, and given up when nothing is incomplete then.
/// </summary>
internal sealed class FrameDeadline
{
    private static readonly Action<object> TimerRanOut = static deadline => ((FrameDeadline)deadline).OnTimer();

    private readonly IEventExecutor _executor;
    private TimeSpan _timeout;
    private readonly Action _expired;
    private IScheduledTask? _timer;
    private PreciseTimeSpan _begun;
    private PreciseTimeSpan _pausedAt;
    private bool _isPaused;

    public FrameDeadline(IEventExecutor executor, TimeSpan timeout, Action expired)
    {
        _executor = executor;
        _timeout = timeout;
        _expired = expired;
    }

    /// <summary>Bytes of the incomplete frame; 0 when there is none.</summary>
    public int Received { get; private set; }

    /// <summary>What the incomplete frame may take with the bytes it has.</summary>
    public TimeSpan Allowed => _timeout + TimeSpan.FromSeconds(Received / 1024);

    /// <summary>Gives every frame that time from now on, one that is incomplete too.</summary>
    public void Change(TimeSpan timeout)
    {
        _timeout = timeout;
        _timer?.Cancel();
        _timer = null;
        if (Received > 0 && !_isPaused) SetTimer();
    }

    /// <summary>Another frame has been begun and is incomplete.</summary>
    public void Begin(int received)
    {
        Received = received;
        _begun = _pausedAt = _executor.Now;
    }

    /// <summary>The frame is still incomplete.</summary>
    public void Continue(int received) => Received = received;

    /// <summary>No frame is incomplete.</summary>
    public void End() => Received = 0;

    /// <summary>The peer is not being read: what it sends meanwhile cannot arrive.</summary>
    public void Pause()
    {
        if (_isPaused) return;

        _isPaused = true;
        _pausedAt = _executor.Now;
    }

    /// <summary>The peer is being read again.</summary>
    public void Resume()
    {
        if (_isPaused) _begun += (_executor.Now - _pausedAt).ToTimeSpan();
        _isPaused = false;
        if (Received > 0 && _timer is null) SetTimer();
    }

    /// <summary>Gives the incomplete frame its whole time again.</summary>
    public void Restart()
    {
        _begun = _pausedAt = _executor.Now;
        if (_timer is null) SetTimer();
    }

    /// <summary>Ends it for good.</summary>
    public void Cancel()
    {
        Received = 0;
        _timer?.Cancel();
        _timer = null;
    }

    private void SetTimer() => _timer = _executor.Schedule(TimerRanOut, this, (_begun + Allowed - _executor.Now).ToTimeSpan());

    private void OnTimer()
    {
        _timer = null;
        if (Received == 0 || _isPaused) return;

        if (_begun + Allowed > _executor.Now)
        {
            SetTimer();
        }
        else
        {
            _expired();
        }
    }
}
