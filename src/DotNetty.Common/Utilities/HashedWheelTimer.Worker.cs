#nullable disable
using DotNetty.Common.Internal.Logging;

namespace DotNetty.Common.Utilities;

public sealed partial class HashedWheelTimer
{
    private const int NotStarted = 0;
    private const int Running = 1;
    private const int Stopped = 2;

    private static readonly IInternalLogger Logger = InternalLoggerFactory.GetInstance<HashedWheelTimer>();

    private readonly Thread _worker;
    private readonly AutoResetEvent _wake = new(false);
    private readonly TaskCompletionSource<ISet<ITimeout>> _unprocessed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int _state = NotStarted;
    private int _idle;

    /// <summary>Starts the timer's thread now; without it the first timeout does.</summary>
    /// <exception cref="InvalidOperationException">The timer was stopped.</exception>
    public void Start()
    {
        if (!TryStart())
            throw new InvalidOperationException("A timer that was stopped cannot be started again.");
    }

    /// <inheritdoc/>
    public Task<ISet<ITimeout>> StopAsync()
    {
        int before = Interlocked.Exchange(ref _state, Stopped);
        if (before == Stopped)
            return NothingMore();

        if (before == NotStarted)
            Finish();
        else
            Wake();
        return _unprocessed.Task;
    }

    /// <summary>Makes the thread look at the clock. A clock that is driven by hand needs it.</summary>
    internal void Wake() => _wake.Set();

    private bool TryStart()
    {
        if (_state == NotStarted && Interlocked.CompareExchange(ref _state, Running, NotStarted) == NotStarted)
            _worker.UnsafeStart();
        return _state != Stopped;
    }

    private void WakeIdle()
    {
        if (Volatile.Read(ref _idle) == 1 && Interlocked.Exchange(ref _idle, 0) == 1)
            Wake();
    }

    private void Run()
    {
        while (_state != Stopped)
        {
            Wait();
            RunExpired();
        }

        Finish();
    }

    private void Wait()
    {
        if (_wheel.Pending > 0)
        {
            _wake.WaitOne(UntilNextTick());
            return;
        }

        // Announced before the count is read again: whoever adds a timeout after that look sees it, and wakes.
        Interlocked.Exchange(ref _idle, 1);
        if (_wheel.Pending == 0 && _state != Stopped)
            _wake.WaitOne();
        Volatile.Write(ref _idle, 0);
    }

    /// <summary>In milliseconds, rounded up: rounded down, the last fraction would be spent spinning.</summary>
    private int UntilNextTick()
    {
        long left = _tickInterval - (Elapsed % _tickInterval);
        return (int)Math.Min(int.MaxValue, (left + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);
    }

    private void RunExpired()
    {
        _wheel.TurnTo(Elapsed / _tickInterval);
        while (_wheel.TryTakeExpired(out WheelTimeout timeout))
            RunSafely(timeout);
    }

    private static void RunSafely(WheelTimeout timeout)
    {
        try
        {
            timeout.Task.Run(timeout);
        }
        catch (Exception fault)
        {
            Logger.Warn("A timer task failed.", fault);
        }
    }

    private void Finish() => _unprocessed.TrySetResult(_wheel.Close());

    private async Task<ISet<ITimeout>> NothingMore()
    {
        await _unprocessed.Task.ConfigureAwait(false);
        return new HashSet<ITimeout>();
    }
}
