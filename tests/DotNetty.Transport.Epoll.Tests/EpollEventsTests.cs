using System.Runtime.InteropServices;
using DotNetty.Transport.Epoll.Interop;

namespace DotNetty.Transport.Epoll.Tests;

public sealed unsafe class EpollEventsTests
{
    [Fact]
    public void An_event_is_as_long_as_the_kernel_has_it() =>
        Assert.Equal(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16, EpollEvents.Size);

    [Fact]
    public void What_is_written_as_an_event_is_read_as_one()
    {
        using var events = new EpollEvents(2);

        EpollEvents.Write((byte*)events.Memory + EpollEvents.Size, EpollInterest.Read | EpollInterest.PeerEnded, 0x0123_4567_89AB_CDEF);

        Assert.Equal(EpollInterest.Read | EpollInterest.PeerEnded, events.InterestAt(1));
        Assert.Equal(0x0123_4567_89AB_CDEFul, events.TokenAt(1));
        Assert.Equal((EpollInterest.None, 0ul), (events.InterestAt(0), events.TokenAt(0)));
    }
}
