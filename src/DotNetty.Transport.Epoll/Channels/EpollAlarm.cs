using System.ComponentModel;
using System.Runtime.CompilerServices;
using DotNetty.Common;
using DotNetty.Transport.Epoll.Interop;

namespace DotNetty.Transport.Epoll;

/// <summary>
/// A timerfd that ends a loop's wait in time. With a time limit of epoll_wait(2) the system would set a timer and take it back at every wait; this
/// one is set only where it would ring too late. It may ring too early then, and who was woken by that sleeps on.
/// </summary>
internal sealed unsafe class EpollAlarm : IDisposable
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long Never = long.MaxValue;

    private long _ringsAt = Never;

    /// <exception cref="Win32Exception">The system has no descriptor left.</exception>
    public EpollAlarm()
    {
        Descriptor = Libc.TimerDescriptor(Constants.MonotonicClock, Constants.TimerNonBlocking | Constants.TimerCloseOnExec);
        if (Descriptor < 0)
        {
            throw new Win32Exception(Libc.LastError);
        }
    }

    public int Descriptor { get; }

    /// <summary>Rings at <paramref name="time"/> or before.</summary>
    public void RingBy(PreciseTimeSpan time, PreciseTimeSpan now)
    {
        if (time.Ticks < _ringsAt)
        {
            SetTo(time, time - now);
        }
    }

    /// <summary>It has rung: it does not again before it is set.</summary>
    public void Rang() => _ringsAt = Never;

    public void Dispose() => _ = Libc.Close(Descriptor);

    // Apart: the preparation of a system call would cost every wait its time.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SetTo(PreciseTimeSpan time, PreciseTimeSpan wait)
    {
        // Zero would switch it off.
        long nanoseconds = Math.Max(1, (long)wait.ToTimeSpan().TotalNanoseconds);
        TimerSetting setting = new()
        {
            Seconds = (nint)(nanoseconds / NanosecondsPerSecond),
            Nanoseconds = (nint)(nanoseconds % NanosecondsPerSecond),
        };
        if (Libc.SetTimer(Descriptor, 0, &setting, null) != 0)
        {
            throw new Win32Exception(Libc.LastError);
        }

        _ringsAt = time.Ticks;
    }
}
