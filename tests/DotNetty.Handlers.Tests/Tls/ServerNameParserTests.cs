using System.Text;
using DotNetty.Handlers.Tls;

namespace DotNetty.Handlers.Tests.Tls;

public sealed class ServerNameParserTests
{
    [Theory]
    [InlineData("localhost", "localhost")]
    [InlineData("WWW.Example.ORG", "www.example.org")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("BÜCHER.example", "xn--bcher-kva.example")]
    [InlineData("_srv.host-1.example.", "_srv.host-1.example.")]
    [InlineData("192.0.2.1", "192.0.2.1")]
    public void Gives_the_name_as_it_stands_in_dns(string spelt, string expected)
    {
        byte[] hello = ClientHellos.BodyWith(ClientHellos.NameExtension(Encoding.UTF8.GetBytes(spelt)));

        bool parsed = ServerNameParser.TryParse(hello, out string? name);

        Assert.True(parsed);
        Assert.Equal(expected, name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("host\0.example")]
    [InlineData("two words")]
    [InlineData("[::1]")]
    [InlineData("host\r\nx")]
    public void What_no_host_can_be_called_is_refused(string spelt)
    {
        byte[] hello = ClientHellos.BodyWith(ClientHellos.NameExtension(Encoding.UTF8.GetBytes(spelt)));

        Assert.False(ServerNameParser.TryParse(hello, out string? name));
        Assert.True(name is null || spelt.Length > 0);
    }

    [Fact]
    public void A_name_that_is_no_text_is_refused() =>
        Assert.False(ServerNameParser.TryParse(ClientHellos.BodyWith(ClientHellos.NameExtension([0xC3, 0x28])), out _));

    [Fact]
    public void A_name_longer_than_any_host_has_is_refused() =>
        Assert.False(ServerNameParser.TryParse(ClientHellos.BodyWith(ClientHellos.NameExtension([.. Enumerable.Repeat((byte)'a', 256)])), out _));

    [Fact]
    public void Names_of_another_kind_are_passed_over()
    {
        byte[] hello = ClientHellos.BodyWith(ClientHellos.NameExtension("x"u8.ToArray(), type: 1));

        bool parsed = ServerNameParser.TryParse(hello, out string? name);

        Assert.True(parsed);
        Assert.Null(name);
    }

    [Fact]
    public void A_hello_without_extensions_names_nobody()
    {
        byte[] hello = [.. ClientHellos.BodyWith([])[..^2]];

        bool parsed = ServerNameParser.TryParse(hello, out string? name);

        Assert.True(parsed);
        Assert.Null(name);
    }

    [Fact]
    public void Reads_the_hello_of_a_real_client()
    {
        bool parsed = ServerNameParser.TryParse(ClientHellos.Body(ClientHellos.Recorded("some.example")), out string? name);

        Assert.True(parsed);
        Assert.Equal("some.example", name);
    }

    [Fact]
    public void A_hello_that_is_cut_off_anywhere_is_refused_or_names_nobody()
    {
        byte[] hello = ClientHellos.Body(ClientHellos.Recorded("some.example"));

        for (int length = 0; length < hello.Length; length++)
        {
            Assert.False(ServerNameParser.TryParse(hello.AsSpan(0, length), out string? name) && name != null, $"cut at {length}: {name}");
        }
    }
}
