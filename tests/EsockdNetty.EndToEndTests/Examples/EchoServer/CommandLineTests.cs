using System.Security.Authentication;
using EchoServer;
using EsockdNetty.Accepting.Rates;
using EsockdNetty.Codecs;
using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests.Examples.EchoServer;

public class CommandLineTests
{
    [Fact]
    public void Nothing_asked_for_is_plain_and_TLS_on_loopback()
    {
        EchoServerOptions options = Options();

        Assert.Equal(["tcp://127.0.0.1:5000", "ssl://127.0.0.1:5001"], options.Listen);
        Assert.Equal(PacketType.Raw, options.Packet);
        Assert.Null(options.MaxConnections);
        Assert.Null(options.Certificate);
        Assert.Null(options.IdleTimeout);
        Assert.Null(options.Stats);
        Assert.Null(options.Spin);
        Assert.False(options.WhoAmI || options.Check);
    }

    [Fact]
    public void Listen_is_repeatable_and_replaces_the_default()
    {
        string[] addresses = ["tcp://[::1]:0", "tls://localhost:5001", "unix:///run/echo.sock", "fd://3", "systemd://web", "ssl+fd://4", "tls+systemd://web"];

        EchoServerOptions options = Options([.. addresses.Select(static address => $"--listen={address}")]);

        Assert.Equal(addresses, options.Listen);
        Assert.Equal(["tcp-1", "ssl-2", "unix-3", "fd-4", "systemd-5", "ssl+fd-6", "ssl+systemd-7"], ServerSettings.ListenersOf(options).Select(static listener => listener.Name));
    }

    [Fact]
    public void Every_setting_is_read()
    {
        EchoServerOptions options = Options(
            "--packet", "4le", "--max-frame", "65536", "--max-connections", "50000", "--over-limit", "wait",
            "--cert", Certificates.At("server.pem"), "--key", Certificates.At("server-key.pem"), "--client-ca", Certificates.Authority,
            "--tls", "1.3", "--alpn", "echo/1", "--alpn", "echo/2", "--loops", "3", "--transport", "sockets", "--spin", "off",
            "--idle-timeout", "1", "--frame-timeout", "2.5", "--handshake-timeout", "3", "--send-timeout", "4", "--drain-timeout", "5", "--whoami", "--stats", "6", "--check");

        Assert.Equal(PacketType.FourLittleEndian, options.Packet);
        Assert.Equal(65536, options.MaxFrame);
        Assert.Equal(50000, options.MaxConnections);
        Assert.True(options.WaitOverLimit);
        Assert.Equal(Certificates.At("server.pem"), options.Certificate);
        Assert.Equal(Certificates.At("server-key.pem"), options.Key);
        Assert.Equal(Certificates.Authority, options.ClientAuthorities);
        Assert.Equal(SslProtocols.Tls13, options.Tls);
        Assert.Equal(["echo/1", "echo/2"], options.Alpn);
        Assert.Equal(3, options.Loops);
        Assert.False(options.Spin);
        Assert.Equal(TimeSpan.FromSeconds(1), options.IdleTimeout);
        Assert.Equal(TimeSpan.FromSeconds(2.5), options.FrameTimeout);
        Assert.Equal(TimeSpan.FromSeconds(3), options.HandshakeTimeout);
        Assert.Equal(TimeSpan.FromSeconds(4), options.SendTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), options.DrainTimeout);
        Assert.Equal(TimeSpan.FromSeconds(6), options.Stats);
        Assert.True(options.WhoAmI);
        Assert.True(options.Check);
    }

    [Fact]
    public void Policies_reach_the_listeners()
    {
        EchoServerOptions options = Options(
            "--listen", "tcp://127.0.0.1:0", "--max-rate", "5000", "--max-per-address", "200", "--acceptors", "2", "--access", "deny 203.0.113.0/24", "--access", "allow all");

        ListenerOptions listener = Assert.Single(ServerSettings.ListenersOf(options));

        Assert.Equal((new ConnectionRate(5000, TimeSpan.FromSeconds(1)), 200, 2), (listener.Limits.Rate, listener.Limits.PerAddress.MaxConnections, listener.Acceptors));
        Assert.Equal(["deny 203.0.113.0/24", "allow all"], listener.Access);
        Assert.Empty(listener.Validate());
    }

    [Theory]
    [InlineData("--colour: not an option", "--colour", "red")]
    [InlineData("extra: not an option", "extra")]
    [InlineData("--packet: has no value", "--packet")]
    [InlineData("--listen: has no value", "--listen", "--packet", "2")]
    [InlineData("--packet 2: given twice", "--packet", "1", "--packet", "2")]
    [InlineData("--packet 3: not a packet mode; use raw, 1, 2, 4", "--packet", "3")]
    [InlineData("--packet asn1: not yet available; use raw", "--packet", "asn1")]
    [InlineData("--listen 5000: not an address", "--listen", "5000")]
    [InlineData("--listen udp://h:1: udp:// is not a transport", "--listen", "udp://h:1")]
    [InlineData("--listen tcp://h: has no port", "--listen", "tcp://h")]
    [InlineData("--listen tcp://h:99999: the port 99999 is out of range, 0 to 65535; use", "--listen", "tcp://h:99999")]
    [InlineData("--listen tcp://h:1/path: more or less", "--listen", "tcp://h:1/path")]
    [InlineData("--listen tcp://h:1/: more or less", "--listen", "tcp://h:1/")]
    [InlineData("--listen tcp://user@h:1: more or less", "--listen", "tcp://user@h:1")]
    [InlineData("--listen tcp://: more or less", "--listen", "tcp://")]
    [InlineData("--listen tcp://h:: has no port", "--listen", "tcp://h:")]
    [InlineData("--listen tcp://[::1]: has no port", "--listen", "tcp://[::1]")]
    [InlineData("--listen tcp://[::1]:99999: the port 99999 is out of range", "--listen", "tcp://[::1]:99999")]
    [InlineData("--listen tcp://h:http: not an address", "--listen", "tcp://h:http")]
    [InlineData("--listen fd://three: not the number of a descriptor; use", "--listen", "fd://three")]
    [InlineData("--listen systemd://a:b: not a name that systemd gives", "--listen", "systemd://a:b")]
    [InlineData("--listen unix://run/x: a unix address is a path", "--listen", "unix://run/x")]
    [InlineData("--max-connections 0: out of range; use 1 to 2147483647", "--max-connections", "0")]
    [InlineData("--max-connections 99999999999999999999: out of range", "--max-connections", "99999999999999999999")]
    [InlineData("--max-connections 1.5: not a whole number", "--max-connections", "1.5")]
    [InlineData("--max-connections : not a whole number", "--max-connections", "")]
    [InlineData("--max-connections many: not a whole number", "--max-connections", "many")]
    [InlineData("--max-frame -1: out of range; use 1 to", "--max-frame", "-1")]
    [InlineData("--max-frame 2147483647: out of range; use 1 to", "--max-frame", "2147483647")]
    [InlineData("--loops 100000: out of range; use 1 to 1024", "--loops", "100000")]
    [InlineData("--spin maybe: neither; use on or off", "--spin", "maybe")]
    [InlineData("--over-limit drop: not a policy; use refuse or wait", "--over-limit", "drop")]
    [InlineData("--idle-timeout 0: not a time", "--idle-timeout", "0")]
    [InlineData("--drain-timeout soon: not a time", "--drain-timeout", "soon")]
    [InlineData("--tls 1.1: not TLS versions; use 1.2, 1.3", "--tls", "1.1")]
    [InlineData("--alpn : not a protocol's name", "--alpn", "")]
    [InlineData("--cert /nowhere/a.pem: no such file", "--cert", "/nowhere/a.pem")]
    [InlineData("--max-rate 0: out of range", "--max-rate", "0")]
    [InlineData("--max-per-address x: not a whole number", "--max-per-address", "x")]
    [InlineData("--access forbid all: not a rule; use allow or deny", "--access", "forbid all")]
    [InlineData("--acceptors 0: out of range", "--acceptors", "0")]
    [InlineData("--proxy-protocol: not yet available", "--proxy-protocol")]
    [InlineData("--trusted-proxy: not yet available", "--trusted-proxy", "10.0.0.0/8")]
    [InlineData("--stats 0: not a time", "--stats", "0")]
    [InlineData("--stats: has no value", "--stats")]
    [InlineData("yes: not an option", "--check", "yes")]
    public void What_is_wrong_is_said_in_one_line(string line, params string[] arguments)
    {
        CommandLine read = CommandLine.Parse(arguments);

        Assert.StartsWith(line, read.Fault, StringComparison.Ordinal);
        Assert.Null(read.Options);
    }

    [Fact]
    public void README_names_no_option_that_there_is_not()
    {
        string readme = EsockdNetty.Tests.Support.Repository.Read("README.md");
        string[] named = [.. readme.Split('`').Where(static code => code.StartsWith("EchoServer ", StringComparison.Ordinal)).SelectMany(static code => code.Split(' ')).Where(static word => word.StartsWith("--", StringComparison.Ordinal)).Distinct()];

        Assert.True(named.Length >= 2, "The options are not found.");
        Assert.Empty(named.Except(CommandLineOptions.Command.Options.Except(CommandLineOptions.NotYet).Select(static option => option.Name)));
    }

    [Fact]
    public void A_key_without_its_certificate_is_a_fault()
    {
        CommandLine read = CommandLine.Parse(["--key", Certificates.ClientKey]);

        Assert.StartsWith($"--key {Certificates.ClientKey}: given without --cert", read.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_two_lines_makes_one_line()
    {
        CommandLine read = CommandLine.Parse(["--packet", "two\nlines"]);

        Assert.StartsWith("--packet two lines: not a packet mode", read.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_shows_every_option_that_works(string flag)
    {
        CommandLine read = CommandLine.Parse([flag]);

        Assert.Contains("--listen <URI>", read.Help, StringComparison.Ordinal);
        Assert.DoesNotContain("--proxy-protocol", read.Help, StringComparison.Ordinal);
        Assert.Null(read.Fault);
    }

    private static EchoServerOptions Options(params string[] arguments)
    {
        CommandLine read = CommandLine.Parse(arguments);
        Assert.Null(read.Fault);
        return Assert.IsType<EchoServerOptions>(read.Options);
    }
}
