namespace DotNetty.Transport.Epoll.Interop;

/// <summary>What epoll(7) is asked for and tells. Errors and hang-ups are told unasked.</summary>
[Flags]
internal enum EpollInterest : uint
{
    None = 0,
    Read = 0x001,
    Write = 0x004,
    Error = 0x008,
    HangUp = 0x010,

    /// <summary>The peer has ended its side.</summary>
    PeerEnded = 0x2000,

    /// <summary>Told once each time it happens, not as long as it lasts: nothing has to be read to have it told again.</summary>
    EdgeTriggered = 0x8000_0000,
}
