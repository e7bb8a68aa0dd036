using System.ComponentModel;
using System.Runtime.CompilerServices;
using DotNetty.Common;
using DotNetty.Transport.Epoll.Interop;

namespace DotNetty.Transport.Epoll;

/// <summary>An epoll descriptor with the eventfd and the alarm that wake it, and the events of the last wait.</summary>
internal sealed unsafe class EpollSet : IDisposable
{
    private const int MostEvents = 1024;
    private const ulong WakeUpToken = ulong.MaxValue;
    private const ulong AlarmToken = ulong.MaxValue - 1;

    private readonly EpollEvents _events = new(MostEvents);
    private readonly Lock _closing = new();
    private readonly EpollAlarm _alarm;
    private readonly int _epoll;
    private int _wakeUp;

    /// <exception cref="Win32Exception">The system has no descriptor left.</exception>
    public EpollSet()
    {
        _epoll = Libc.EpollCreate(Constants.EpollCloseOnExec);
        if (_epoll < 0)
        {
            throw new Win32Exception(Libc.LastError);
        }

        _wakeUp = Libc.EventDescriptor(0, Constants.EventNonBlocking | Constants.EventCloseOnExec);
        if (_wakeUp < 0)
        {
            int error = Libc.LastError;
            _ = Libc.Close(_epoll);
            throw new Win32Exception(error);
        }

        try
        {
            _alarm = new EpollAlarm();

            // Told once each, neither is ever read.
            Add(_wakeUp, EpollInterest.Read | EpollInterest.EdgeTriggered, WakeUpToken);
            Add(_alarm.Descriptor, EpollInterest.Read | EpollInterest.EdgeTriggered, AlarmToken);
        }
        catch
        {
            _alarm?.Dispose();
            _ = Libc.Close(_wakeUp);
            _ = Libc.Close(_epoll);
            throw;
        }
    }

    public void Add(int descriptor, EpollInterest interest, ulong token) => Control(Constants.EpollAdd, descriptor, interest, token);

    public void Modify(int descriptor, EpollInterest interest, ulong token) => Control(Constants.EpollModify, descriptor, interest, token);

    public void Delete(int descriptor) => _ = Libc.EpollControl(_epoll, Constants.EpollDelete, descriptor, null);

    /// <summary>Takes what is ready.</summary>
    /// <returns>The number of events that can be asked for now.</returns>
    public int Look() => Wait(0);

    /// <summary>Waits for events; for the loop's alarm too, if it is set.</summary>
    /// <returns>The number of events that can be asked for now.</returns>
    public int Wait() => Wait(-1);

    public EpollInterest InterestAt(int index) => _events.InterestAt(index);

    public ulong TokenAt(int index) => _events.TokenAt(index);

    /// <summary>Has a wait end at <paramref name="time"/> or before.</summary>
    public void WakeUpBy(PreciseTimeSpan time, PreciseTimeSpan now) => _alarm.RingBy(time, now);

    /// <summary>True for an event of the set's own: a wake-up, or the alarm, which is off by this.</summary>
    public bool TakeOwn(ulong token)
    {
        if (token == AlarmToken)
        {
            _alarm.Rang();
            return true;
        }

        return token == WakeUpToken;
    }

    /// <summary>True where the alarm is all that ended the last wait; it is off by this.</summary>
    public bool TakeAlarm(int ready)
    {
        if (ready != 1 || TokenAt(0) != AlarmToken)
        {
            return false;
        }

        _alarm.Rang();
        return true;
    }

    /// <summary>Ends a wait that has begun or will. Any thread.</summary>
    public void WakeUp()
    {
        ulong one = 1;
        lock (_closing)
        {
            if (_wakeUp >= 0)
            {
                _ = Libc.Write(_wakeUp, &one, sizeof(ulong));
            }
        }
    }

    public void Dispose()
    {
        lock (_closing)
        {
            _ = Libc.Close(_wakeUp);
            _wakeUp = -1;
        }

        _alarm.Dispose();
        _ = Libc.Close(_epoll);
        _events.Dispose();
    }

    // Apart: the preparation of a system call would cost its caller time also where it does without one.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Wait(int milliseconds)
    {
        int count;
        do
        {
            count = Libc.EpollWait(_epoll, _events.Memory, _events.Capacity, milliseconds);
        }
        while (count < 0 && Libc.LastError == Errno.EINTR);
        return Math.Max(0, count);
    }

    private void Control(int operation, int descriptor, EpollInterest interest, ulong token)
    {
        byte* wanted = stackalloc byte[EpollEvents.Size];
        EpollEvents.Write(wanted, interest, token);
        if (Libc.EpollControl(_epoll, operation, descriptor, wanted) != 0)
        {
            throw new Win32Exception(Libc.LastError);
        }
    }
}
