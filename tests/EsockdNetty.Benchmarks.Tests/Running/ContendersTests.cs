using EsockdNetty.Benchmarks.Running;

namespace EsockdNetty.Benchmarks.Tests.Running;

public class ContendersTests
{
    private static readonly string[] Spins = ["--spin", "on"];
    private static readonly string[] Sleeps = ["--spin", "off"];

    [Fact]
    public void Paced_is_EchoServer_that_spins_beside_the_same_that_does_not()
    {
        IReadOnlyList<Contender> contenders = Of("paced");

        Assert.Equal(["EchoServer epoll", "EchoServer epoll, without spinning"], contenders.Select(static contender => contender.Label));
        Assert.Equal(["EchoServer epoll, without spinning", null], contenders.Select(static contender => contender.Baseline));
        Assert.Equal(Spins, contenders[0].Subject.Arguments.TakeLast(2));
        Assert.Equal(Sleeps, contenders[1].Subject.Arguments.TakeLast(2));
        Assert.All(contenders, static contender => Assert.Equal("0", contender.Processors));
    }

    [Fact]
    public void Round_trips_of_all_are_compared_with_the_plain_socket_loops()
    {
        IReadOnlyList<Contender> contenders = Of("roundtrip");

        string[] labels = [.. contenders.Select(static contender => contender.Label)];
        string[] expected = ["EchoServer epoll", "EchoServer epoll, without spinning", "EchoServer sockets", "Kestrel", "Socket loop"];
        Assert.Equal(expected, labels.Where(static label => label != Contenders.Reference).Order(StringComparer.Ordinal));
        Assert.All(contenders, static contender => Assert.Equal("Socket loop", contender.Baseline));
    }

    [Fact]
    public void The_portable_transport_is_compared_with_the_plain_socket_loop_and_bound_by_that()
    {
        IReadOnlyList<Contender> contenders = Of("sockets-c1");

        Assert.Equal(["EchoServer sockets", "Socket loop"], contenders.Select(static contender => contender.Label));
        Assert.All(contenders, static contender => Assert.Equal("Socket loop", contender.Baseline));
        Assert.Equal("EchoServer sockets", Budget.BoundBy(Known("sockets-c1")));
        Assert.Equal("EchoServer epoll", Budget.BoundBy(Known("c1")));
    }

    [Fact]
    public void Loops_that_are_compared_by_processor_time_do_not_spin()
    {
        IEnumerable<Contender> epoll = Of("loops").Where(static contender => contender.Subject.Name == Budget.Subject);

        Assert.All(epoll, static contender => Assert.Equal(Sleeps, contender.Subject.Arguments.TakeLast(2)));
    }

    [Fact]
    public void A_hundred_thousand_idle_connections_are_ours_alone_with_the_servers_that_tell_managed_bytes()
    {
        IReadOnlyList<Contender> contenders = Of("idle-100k");

        Assert.Equal(["EchoServer epoll", "EchoServer sockets", "serve esockd-epoll", "serve esockd-sockets"], contenders.Select(static contender => contender.Label));
        Assert.All(contenders, static contender => Assert.Equal(contender.FiguresOnly, contender.AnswersFigures));
        Assert.Equal("EchoServer epoll", Budget.BoundBy(Known("idle-100k")));
    }

    private static IReadOnlyList<Contender> Of(string workload) =>
        new Contenders(new RunOptions(), ProcessorPlan.Make(new RunOptions(), [0, 1], tasksetFound: true), static _ => { })
            .Of(Known(workload));

    private static Workload Known(string name) => WorkloadCatalog.All.Single(known => known.Name == name);
}
