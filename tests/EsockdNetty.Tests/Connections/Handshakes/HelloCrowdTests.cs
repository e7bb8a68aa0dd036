using EsockdNetty.Connections.Handshakes;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Connections.Handshakes;

/// <summary>Three hundred handshakes that one loop could take at once, on real sockets.</summary>
public sealed class HelloCrowdTests
{
    public static TheoryData<SocketTransport> Both => Transports.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task No_round_takes_more_than_four_and_an_established_connection_is_served_between_them(SocketTransport transport)
    {
        var crowd = new HelloCrowd(transport, new HandshakeLimit());

        await crowd.Run();

        Assert.InRange(crowd.MostInARound, 1, 4);
        Assert.InRange(crowd.EchoesAmongThem, 2, int.MaxValue);
    }

    // What the gate is for, and what the test above would see without it.
    [Theory]
    [MemberData(nameof(Both))]
    public async Task Without_a_limit_one_round_takes_many(SocketTransport transport)
    {
        var crowd = new HelloCrowd(transport, new HandshakeLimit(StepsPerRound: int.MaxValue));

        await crowd.Run();

        Assert.InRange(crowd.MostInARound, 5, int.MaxValue);
    }
}
