using System.ComponentModel;
using DotNetty.Transport.Epoll.Interop;

namespace DotNetty.Transport.Epoll;

/// <summary>An epoll descriptor with the eventfd that wakes it, and the events of the last wait.</summary>
internal sealed unsafe class EpollSet : IDisposable
{
    private const int MostEvents = 1024;
    private const ulong WakeUpToken = ulong.MaxValue;

    private readonly EpollEvents _events = new(MostEvents);
    private readonly Lock _closing = new();
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

        Add(_wakeUp, EpollInterest.Read, WakeUpToken);
    }

    public void Add(int descriptor, EpollInterest interest, ulong token) => Control(Constants.EpollAdd, descriptor, interest, token);

    public void Modify(int descriptor, EpollInterest interest, ulong token) => Control(Constants.EpollModify, descriptor, interest, token);

    public void Delete(int descriptor) => _ = Libc.EpollControl(_epoll, Constants.EpollDelete, descriptor, null);

    /// <summary>Waits for events, <paramref name="milliseconds"/> at most (−1: without end); 0 looks only.</summary>
    /// <returns>The number of events that can be asked for now.</returns>
    public int Wait(int milliseconds)
    {
        int count = Libc.EpollWait(_epoll, _events.Memory, _events.Capacity, milliseconds);
        return Math.Max(0, count);
    }

    public EpollInterest InterestAt(int index) => _events.InterestAt(index);

    public ulong TokenAt(int index) => _events.TokenAt(index);

    /// <summary>True for the event of the eventfd, which is emptied by this.</summary>
    public bool TakeWakeUp(ulong token)
    {
        if (token != WakeUpToken)
        {
            return false;
        }

        ulong count;
        _ = Libc.Read(_wakeUp, &count, sizeof(ulong));
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

        _ = Libc.Close(_epoll);
        _events.Dispose();
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
