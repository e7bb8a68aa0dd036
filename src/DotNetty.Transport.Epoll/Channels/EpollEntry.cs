using DotNetty.Transport.Epoll.Interop;

namespace DotNetty.Transport.Epoll;

/// <summary>
/// One descriptor in a loop's epoll set. What it is interested in is a function of its state, brought to the system only when it differs from
/// what the system knows, and never in the middle of an event, where it may change back.
/// </summary>
internal abstract class EpollEntry
{
    private EpollEventLoop? _loop;
    private EpollInterest _known;
    private bool _inSet;
    private bool _inEvent;

    /// <summary>The descriptor's number; −1 once closed.</summary>
    public int Descriptor { get; protected set; } = -1;

    /// <summary>Where the loop finds it again.</summary>
    internal int Slot { get; set; } = -1;

    protected EpollEventLoop? Loop => _loop;

    /// <summary>What is wanted now.</summary>
    protected abstract EpollInterest Wanted { get; }

    /// <summary>Joins a loop's set; nothing is asked for before <see cref="Apply"/>.</summary>
    public void Join(EpollEventLoop loop)
    {
        _loop = loop;
        loop.Entries.Add(this);
    }

    /// <summary>What epoll told. On the loop.</summary>
    public void OnEvent(EpollInterest happened)
    {
        _inEvent = true;
        try
        {
            Handle(happened);
        }
        finally
        {
            _inEvent = false;
        }

        Apply();
    }

    /// <summary>Deals with what happened.</summary>
    protected abstract void Handle(EpollInterest happened);

    /// <summary>Tells the system what is wanted, if it does not know.</summary>
    protected void Apply()
    {
        EpollInterest wanted = Wanted;
        if (_inEvent || _loop is null || Descriptor < 0 || (wanted == _known && _inSet))
        {
            return;
        }

        if (_inSet)
        {
            _loop.Set.Modify(Descriptor, wanted, _loop.Entries.TokenOf(this));
        }
        else if (wanted != EpollInterest.None)
        {
            _loop.Set.Add(Descriptor, wanted, _loop.Entries.TokenOf(this));
            _inSet = true;
        }

        _known = wanted;
    }

    /// <summary>Leaves the set, where errors and hang-ups are told whether they are wanted or not, until something is wanted again.</summary>
    protected void Hide()
    {
        if (_inSet)
        {
            _loop!.Set.Delete(Descriptor);
            _inSet = false;
            _known = EpollInterest.None;
        }
    }

    /// <summary>Leaves the set and closes the descriptor, once. Taken out first: a duplicate elsewhere would keep it registered.</summary>
    protected void CloseDescriptor()
    {
        if (Descriptor < 0)
        {
            return;
        }

        Hide();
        _loop?.Entries.Remove(this);
        _ = Libc.Close(Descriptor);
        Descriptor = -1;
    }

    /// <summary>Gives up a number that is somebody else's by now: whoever closed it has taken it out of the set by that.</summary>
    protected void ForgetDescriptor()
    {
        _loop?.Entries.Remove(this);
        _inSet = false;
        Descriptor = -1;
    }
}
