using System.Net;
using System.Net.Sockets;

namespace EsockdNetty.Tests;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("tcp://127.0.0.1:5000")]
    [InlineData("tcp://0.0.0.0:0")]
    [InlineData("ssl://[::1]:8883")]
    [InlineData("tcp://[::]:65535")]
    [InlineData("tcp://localhost:80")]
    [InlineData("ssl://broker.example.com:8883")]
    [InlineData("unix:///run/app.sock")]
    [InlineData("fd://3")]
    [InlineData("ssl+fd://0")]
    [InlineData("systemd://web.socket")]
    [InlineData("ssl+systemd://web")]
    public void An_address_prints_as_it_was_read(string text) => Assert.Equal(text, ListenAddress.Parse(text).ToString());

    [Theory]
    [InlineData("tls://127.0.0.1:1", "ssl://127.0.0.1:1")]
    [InlineData("tls+fd://3", "ssl+fd://3")]
    [InlineData("Systemd://Web", "systemd://Web")]
    [InlineData("TCP://127.0.0.1:1", "tcp://127.0.0.1:1")]
    [InlineData("tcp://[0:0:0:0:0:0:0:1]:1", "tcp://[::1]:1")]
    public void Another_spelling_prints_in_the_usual_one(string text, string usual) => Assert.Equal(usual, ListenAddress.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:80")]
    [InlineData("http://127.0.0.1:80")]
    [InlineData("://127.0.0.1:80")]
    [InlineData("tcp://")]
    [InlineData("tcp://127.0.0.1")]
    [InlineData("tcp://127.0.0.1:")]
    [InlineData("tcp://:80")]
    [InlineData("tcp://127.0.0.1:65536")]
    [InlineData("tcp://127.0.0.1:-1")]
    [InlineData("tcp://127.0.0.1:+80")]
    [InlineData("tcp://127.0.0.1: 80")]
    [InlineData("tcp://127.0.0.1:80/")]
    [InlineData("tcp://127.0.0.1:http")]
    [InlineData("tcp://::1:80")]
    [InlineData("tcp://[::1]")]
    [InlineData("tcp://[::1:80")]
    [InlineData("tcp://[[::1]]:80")]
    [InlineData("tcp://[127.0.0.1]:80")]
    [InlineData("tcp://[]:80")]
    [InlineData("tcp://a b:80")]
    [InlineData("tcp://user@host:80")]
    [InlineData("unix://relative.sock")]
    [InlineData("fd://")]
    [InlineData("fd://-1")]
    [InlineData("fd:///3")]
    [InlineData("fd://three")]
    [InlineData("fd+ssl://3")]
    [InlineData("fd://99999999999")]
    [InlineData("systemd://")]
    [InlineData("systemd://a:b")]
    [InlineData("systemd:///a")]
    [InlineData("systemd://a b")]
    [InlineData("unix:///")]
    [InlineData("unix://")]
    public void What_is_no_address_is_refused_with_the_shapes_there_are(string text)
    {
        Assert.False(ListenAddress.TryParse(text, out _));
        Assert.Contains("unix:///path", Assert.Throws<FormatException>(() => ListenAddress.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_is_no_address()
    {
        Assert.False(ListenAddress.TryParse(null, out _));
        Assert.Throws<ArgumentNullException>(() => ListenAddress.Parse(null!));
    }

    [Theory]
    [InlineData(107, 'a', true)]
    [InlineData(108, 'a', false)]
    [InlineData(60, 'ä', false)]
    public void A_socket_path_is_as_long_in_bytes_as_the_system_takes(int length, char letter, bool accepted)
    {
        string path = "/" + new string(letter, length - 1);

        Assert.Equal(accepted, ListenAddress.TryParse("unix://" + path, out _));
    }

    [Fact]
    public void The_parts_are_told()
    {
        Assert.Equal(new IPEndPoint(IPAddress.IPv6Loopback, 1), ListenAddress.Parse("ssl://[::1]:1").EndPoint);
        Assert.Equal(new DnsEndPoint("localhost", 2), ListenAddress.Parse("tcp://localhost:2").EndPoint);
        Assert.Equal("/x", Assert.IsType<UnixDomainSocketEndPoint>(ListenAddress.Parse("unix:///x").EndPoint).ToString());
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:1", false, false, true)]
    [InlineData("tls://0.0.0.0:1", true, false, false)]
    [InlineData("ssl://[::1]:1", true, false, true)]
    [InlineData("tcp://localhost:1", false, false, true)]
    [InlineData("tcp://example.com:1", false, false, false)]
    [InlineData("unix:///x", false, true, true)]
    [InlineData("fd://3", false, false, true)]
    [InlineData("ssl+fd://3", true, false, true)]
    [InlineData("ssl+systemd://web", true, false, true)]
    public void What_it_is_is_told(string text, bool tls, bool unix, bool local)
    {
        ListenAddress address = ListenAddress.Parse(text);

        Assert.Equal((tls, unix, local), (address.IsTls, address.IsUnix, address.IsLocal));
    }

    [Fact]
    public void Equal_addresses_are_equal() => Assert.Equal(ListenAddress.Parse("ssl://127.0.0.1:1"), ListenAddress.Parse("tls://127.0.0.1:1"));
}
