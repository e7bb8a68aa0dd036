using System.Net;
using System.Security.Authentication;
using EsockdNetty.Benchmarks.Load;
using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Tests.Load;

public class LoadCommandTests
{
    [Fact]
    public void The_arguments_of_options_come_to_the_same_options()
    {
        var options = new LoadOptions
        {
            Target = new LoadTarget(IPEndPoint.Parse("127.0.0.1:5001"), Tls: true, ProcessId: 17),
            Mode = LoadMode.Paced,
            Connections = 7,
            Depth = 3,
            Size = 11,
            Framing = Framing.Packet4,
            TlsVersion = SslProtocols.Tls13,
            Rate = 12.5,
            Warmup = TimeSpan.FromSeconds(0.25),
            Duration = TimeSpan.FromSeconds(1.5),
            Loops = 2,
            Spin = true,
            EchoOnIdle = false,
            Hold = true,
        };

        LoadOptions? read = LoadCommand.Read(LoadCommand.New().Parse([.. LoadCommand.Arguments(options).Skip(1)]));

        Assert.Equal(options, read);
    }

    [Theory]
    [InlineData("127.0.0.1:5000")]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("tcp://192.0.2.1:5000")]
    [InlineData("tcp://")]
    [InlineData("")]
    public void What_is_not_a_loopback_address_of_a_known_kind_is_no_target(string text)
    {
        Assert.Null(LoadTarget.Parse(text));
    }

    [Fact]
    public void Idle_connections_may_take_the_time_of_all_their_steps()
    {
        var options = new LoadOptions { Target = new LoadTarget(IPEndPoint.Parse("127.0.0.1:5001"), Tls: false, ProcessId: 17), Connections = 100_000 };

        Assert.Equal([20_000, 40_000, 60_000, 80_000, 100_000], Enumerable.Range(1, options.Steps).Select(options.OpenAfter));
        Assert.Equal(TimeSpan.FromSeconds((5 * 60) + 300), options.MostOpeningInSteps);
    }
}
