using System.ComponentModel;
using DotNetty.Transport.Epoll.Interop;

namespace DotNetty.Transport.Epoll;

/// <summary>
/// One descriptor in a loop's epoll set. What it is interested in is a function of its state, brought to the system only when it differs from
/// what the system knows, and never in the middle of an event, where it may change back. What is no longer wanted is taken back when it was told
/// in vain: a handshake that waits for its turn, or a pause of a moment, wants it again before that.
/// </summary>
internal abstract class EpollEntry
{
    private const EpollInterest Revocable = EpollInterest.Read | EpollInterest.PeerEnded;

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

    /// <summary>Joins a loop's set; nothing is asked for before <see cref="Apply()"/>.</summary>
    public void Join(EpollEventLoop loop)
    {
        _loop = loop;
        loop.Entries.Add(this);
    }

    /// <summary>What epoll told. On the loop.</summary>
    public void OnEvent(EpollInterest happened)
    {
        EpollInterest inVain = happened & Revocable & ~Wanted;
        _inEvent = true;
        try
        {
            Handle(happened);
        }
        finally
        {
            _inEvent = false;
        }

        Apply(inVain);
    }

    /// <summary>The first look at a connection that joined in this turn.</summary>
    public void ApplyJoined()
    {
        try
        {
            Apply();
        }
        catch (Win32Exception)
        {
            OnUnwatched();
        }
    }

    /// <summary>Deals with what happened.</summary>
    protected abstract void Handle(EpollInterest happened);

    /// <summary>The system does not watch it (ENOSPC, ENOMEM): what happens to it would never be told.</summary>
    protected virtual void OnUnwatched()
    {
    }

    /// <summary>Tells the system what is wanted, if it does not know.</summary>
    protected void Apply() => Apply(EpollInterest.None);

    private void Apply(EpollInterest inVain)
    {
        EpollInterest wanted = Wanted;
        if (_inEvent || _loop is null || Descriptor < 0 || (_inSet && IsKnown(wanted, inVain)))
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

    // Room to write is told at once, and again and again.
    private bool IsKnown(EpollInterest wanted, EpollInterest inVain) =>
        (wanted & ~_known) == EpollInterest.None && (_known & ~wanted & (inVain | EpollInterest.Write)) == EpollInterest.None;

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
