using System.Runtime.InteropServices;

namespace DotNetty.Transport.Epoll.Interop;

/// <summary>The <c>itimerspec</c> of timerfd_settime(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimerSetting
{
    public nint IntervalSeconds;
    public nint IntervalNanoseconds;
    public nint Seconds;
    public nint Nanoseconds;
}
