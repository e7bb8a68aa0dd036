namespace DotNetty.Transport.Epoll.Interop;

/// <summary>Numbers of Linux, the same on x64 and arm64.</summary>
internal static class Constants
{
    public const int EpollCloseOnExec = 0x80000;
    public const int EventNonBlocking = 0x800;
    public const int EventCloseOnExec = 0x80000;
    public const int MonotonicClock = 1;
    public const int TimerNonBlocking = 0x800;
    public const int TimerCloseOnExec = 0x80000;

    public const int EpollAdd = 1;
    public const int EpollDelete = 2;
    public const int EpollModify = 3;

    public const int FamilyUnix = 1;
    public const int FamilyInternet = 2;
    public const int FamilyInternet6 = 10;

    public const int StreamSocket = 1;
    public const int SocketNonBlocking = 0x800;
    public const int SocketCloseOnExec = 0x80000;

    public const int NoSignal = 0x4000;

    public const int ShutdownReceive = 0;
    public const int ShutdownSend = 1;
    public const int ShutdownBoth = 2;

    public const int LevelSocket = 1;
    public const int LevelIp = 0;
    public const int LevelTcp = 6;
    public const int LevelIp6 = 41;

    public const int ReuseAddress = 2;
    public const int Error = 4;
    public const int SendBuffer = 7;
    public const int ReceiveBuffer = 8;
    public const int KeepAlive = 9;
    public const int Linger = 13;
    public const int ReusePort = 15;
    public const int Domain = 39;
    public const int Ip6Only = 26;
    public const int NoDelay = 1;
}
