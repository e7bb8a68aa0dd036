using EchoServer;
using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests.Examples.EchoServer;

/// <summary>What only the server finds wrong is said in the words of the command line all the same.</summary>
public sealed class OptionNamesTests
{
    [Fact]
    public void A_rule_that_stands_twice_is_named_by_its_option() => Tells(
        "--access deny 10.0.0.1: the same rule stands at 0: remove one of the two",
        new OptionFault("Listeners:tcp-1:Access:1", "deny 10.0.0.1", "the same rule stands at 0: remove one of the two"));

    [Fact]
    public void A_fault_of_two_listeners_is_told_once() => Tells(
        "--max-connections 0: use 1 or more",
        new OptionFault("Listeners:tcp-1:Limits:MaxConnections", 0, "use 1 or more"),
        new OptionFault("Listeners:ssl-2:Limits:MaxConnections", 0, "use 1 or more"));

    [Fact]
    public async Task More_acceptors_than_loops_are_told_with_the_option_that_mends_it() => await RefusedStart.OfAsync(
        ["--listen", "tcp://127.0.0.1:0", "--loops", "2", "--acceptors", "3"], "--acceptors 3: use 2 or less, or raise --loops: each needs a loop of its own");

    [Fact]
    public async Task A_certificate_without_its_key_is_told_with_the_option_that_names_it() => await RefusedStart.OfAsync(
        ["--listen", "ssl://127.0.0.1:0", "--cert", Certificates.At("server.pem")], $"--cert {Certificates.At("server.pem")}: ", " holds no key ", "name it with --key");

    private static void Tells(string line, params OptionFault[] faults) => Assert.Equal(line, OptionNames.Tell(faults, new EchoServerOptions()));
}
