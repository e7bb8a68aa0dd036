using System.Net;
using System.Net.Sockets;
using DotNetty.Common.Internal.Logging;

namespace DotNetty.Common.Tests.Internal.Logging;

public sealed class PeerTextTests
{
    // As the system tells of a client whose socket is bound to no path.
    private static EndPoint Unnamed => new UnixDomainSocketEndPoint("/any").Create(new SocketAddress(AddressFamily.Unix, sizeof(short)));

    [Theory]
    [InlineData("/run/app.sock", "/run/app.sock")]
    [InlineData("/tmp/ä 漢 😀", "/tmp/ä 漢 😀")]
    [InlineData("/tmp/a\ncrit: forged", @"/tmp/a\u000acrit: forged")]
    [InlineData("\r\0\u001b[2J\u007f\u0085", @"\u000d\u0000\u001b[2J\u007f\u0085")]
    [InlineData("a\u2028b\u202ec", @"a\u2028b\u202ec")]
    [InlineData("\U000E0001", @"\U000e0001")]
    [InlineData(@"C:\u000a", @"C:\\u000a")]
    public void Is_one_line_that_nobody_can_take_for_two(string text, string safe) => Assert.Equal(safe, PeerText.Of(text));

    [Fact]
    public void Is_cut_after_256_characters_escapes_counted()
    {
        Assert.Equal(new string('x', 256), PeerText.Of(new string('x', 256)));
        Assert.Equal(new string('x', 256) + "…", PeerText.Of(new string('x', 257)));
        Assert.Equal(string.Concat(Enumerable.Repeat(@"\u000a", 42)) + "…", PeerText.Of(new string('\n', 1_000_000)));
    }

    [Fact]
    public void Names_every_peer()
    {
        Assert.Equal("192.0.2.7:4711", PeerText.Of(new IPEndPoint(IPAddress.Parse("192.0.2.7"), 4711)));
        Assert.Equal("[2001:db8::1]:4711", PeerText.Of(new IPEndPoint(IPAddress.Parse("2001:db8::1"), 4711)));
        Assert.Equal(@"/tmp/a\u000ab", PeerText.Of(new UnixDomainSocketEndPoint("/tmp/a\nb")));
        Assert.Equal("an unnamed unix socket", PeerText.Of(Unnamed));
        Assert.Equal("an unknown peer", PeerText.Of((EndPoint?)null));
    }
}
