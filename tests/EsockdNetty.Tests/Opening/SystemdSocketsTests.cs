using EsockdNetty.Opening;

namespace EsockdNetty.Tests.Opening;

/// <summary>What sd_listen_fds(3) and sd_listen_fds_with_names(3) say of the environment.</summary>
public sealed class SystemdSocketsTests
{
    private const int Me = 42;

    [Theory]
    [InlineData("web", 3)]
    [InlineData("metrics", 4)]
    public void A_socket_is_found_by_its_name(string name, int expected)
    {
        bool found = Read("42", "2", "web:metrics").TryFind(name, out int descriptor, out string remedy);

        Assert.Equal((true, expected, ""), (found, descriptor, remedy));
    }

    [Fact]
    public void One_without_names_is_called_unknown()
    {
        Assert.True(Read("42", "1", null).TryFind("unknown", out int descriptor, out _));
        Assert.Equal(3, descriptor);
    }

    [Theory]
    [InlineData("42", "2", "web:metrics", "no socket of that name was handed in, only web, metrics")]
    [InlineData("42", "2", "mail:mail", "2 sockets of that name were handed in")]
    [InlineData("42", "2", "mail", "LISTEN_FDNAMES has 1 names where LISTEN_FDS says 2")]
    [InlineData("41", "2", "mail:web", "the sockets were handed to process 41, and this one is 42")]
    [InlineData("42", "0", "mail", "LISTEN_FDS is '0'")]
    [InlineData("42", "two", "mail", "LISTEN_FDS is 'two'")]
    [InlineData("42", "-1", "mail", "LISTEN_FDS is '-1'")]
    [InlineData("42", "99999999", null, "LISTEN_FDS is '99999999'")]
    [InlineData(null, "1", "mail", "no sockets were handed in")]
    [InlineData("42", null, "mail", "no sockets were handed in")]
    [InlineData("", "", "", "no sockets were handed in")]
    public void What_is_wrong_is_told(string? process, string? count, string? names, string expected)
    {
        bool found = Read(process, count, names).TryFind("mail", out int descriptor, out string remedy);

        Assert.Equal((false, -1), (found, descriptor));
        Assert.StartsWith(expected, remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_with_one_name_the_numbers_are_told()
    {
        Read("42", "3", "mail:web:mail").TryFind("mail", out _, out string remedy);

        Assert.EndsWith("use fd://3 or fd://5", remedy, StringComparison.Ordinal);
    }

    private static SystemdSockets Read(string? process, string? count, string? names)
    {
        var environment = new Dictionary<string, string?> { ["LISTEN_PID"] = process, ["LISTEN_FDS"] = count, ["LISTEN_FDNAMES"] = names };
        return SystemdSockets.Read(environment.GetValueOrDefault, Me);
    }
}
