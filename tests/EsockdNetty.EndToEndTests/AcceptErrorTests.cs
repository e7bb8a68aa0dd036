using System.Diagnostics;
using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.EndToEndTests.Server;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests;

/// <summary>Everything accept(2) may say, to a server that has a connection to keep and a client at the door.</summary>
public abstract class AcceptErrorTests(FailingAccepts accepts, ITestOutputHelper output)
{
    private const int Forever = int.MaxValue;
    private const double MostOfACore = 0.25;
    private const int MoreLooks = 4;

    private static readonly TimeSpan Measured = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Those that belong to one client, and those that pass: the socket is good. EAGAIN is none of them: nobody waits then; and EINTR is
    /// retried where nobody sees it.
    /// </summary>
    public static TheoryData<string, int> Passing => new()
    {
        { "EPERM", 1 }, { "EIO", 5 }, { "ENOMEM", 12 }, { "ENFILE", 23 }, { "EMFILE", 24 }, { "ENOSPC", 28 },
        { "ENOSR", 63 }, { "ENONET", 64 }, { "EPROTO", 71 }, { "ENOPROTOOPT", 92 }, { "EOPNOTSUPP", 95 }, { "ENETDOWN", 100 }, { "ENETUNREACH", 101 },
        { "ECONNABORTED", 103 }, { "ENOBUFS", 105 }, { "ETIMEDOUT", 110 }, { "EHOSTDOWN", 112 }, { "EHOSTUNREACH", 113 },
    };

    /// <summary>Those that say the listening socket is gone.</summary>
    public static TheoryData<string, int> Lost => new() { { "EBADF", 9 }, { "EINVAL", 22 }, { "ENOTSOCK", 88 } };

    [PeerTheory("gcc")]
    [MemberData(nameof(Passing))]
    public async Task A_client_at_the_door_is_served_after_it(string name, int errno)
    {
        using EchoClient living = await EchoClient.ServedAsync(accepts.Server.EndPoint(), Guard.Within(Guard.Event));

        accepts.Fail(errno, times: 3);
        using EchoClient waiting = await EchoClient.ServedAsync(accepts.Server.EndPoint(), Guard.Within(Guard.Event));

        Assert.True(accepts.Left == 0, $"{name} never occurred");
        Assert.True(await living.EchoesAsync(Guard.Within(Guard.Event)), "a living connection no longer echoes");
    }

    [PeerTheory("gcc")]
    [MemberData(nameof(Lost))]
    public async Task A_lost_listening_socket_is_bound_again_and_serves(string name, int errno)
    {
        using EchoClient living = await EchoClient.ServedAsync(accepts.Server.EndPoint(), Guard.Within(Guard.Event));

        accepts.Fail(errno, times: 1);
        using EchoClient newcomer = await EchoClient.ServedInTheEndAsync(accepts.Server.EndPoint(), Guard.Within(Guard.Event));

        Assert.True(accepts.Left == 0, $"{name} never occurred");
        Assert.True(await living.EchoesAsync(Guard.Within(Guard.Event)), "a living connection no longer echoes");
    }

    [PeerTheory("gcc")]
    [MemberData(nameof(Passing))]
    public async Task One_that_does_not_end_costs_no_core(string name, int errno)
    {
        using EchoClient living = await EchoClient.ServedAsync(accepts.Server.EndPoint(), Guard.Within(Guard.Event));

        accepts.Fail(errno, Forever);
        Task<EchoClient> waiting = EchoClient.ServedInTheEndAsync(accepts.Server.EndPoint(), Guard.Within(Guard.Program));
        double share = await LeastShareOfACoreAsync();
        int tries = Forever - accepts.Left;
        output.WriteLine($"{name}: {share:P1} of a core, {tries} tries");

        Assert.True(await living.EchoesAsync(Guard.Within(Guard.Event)), "a living connection no longer echoes");
        accepts.Fail(errno, times: 0);
        (await waiting).Dispose();
        Assert.True(tries > 0, $"{name} never occurred");
        Assert.True(share < MostOfACore, $"{share:P1} of a core while accept says {name}");
    }

    // Who spins does so all the time; one who compiles, or is measured while the machine stands still, does not.
    private async Task<double> LeastShareOfACoreAsync()
    {
        double least = await ShareOfACoreAsync();
        for (int more = 0; more < MoreLooks && least >= MostOfACore; more++)
            least = Math.Min(least, await ShareOfACoreAsync());
        return least;
    }

    private async Task<double> ShareOfACoreAsync()
    {
        double used = ProcessFigures.ProcessorSeconds(accepts.Server.Id);
        long start = Stopwatch.GetTimestamp();
        await Task.Delay(Measured);
        return (ProcessFigures.ProcessorSeconds(accepts.Server.Id) - used) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public sealed class OnEpoll(FailingAccepts.Epoll accepts, ITestOutputHelper output) : AcceptErrorTests(accepts, output), IClassFixture<FailingAccepts.Epoll>;

    public sealed class OnSockets(FailingAccepts.Sockets accepts, ITestOutputHelper output) : AcceptErrorTests(accepts, output), IClassFixture<FailingAccepts.Sockets>;
}
