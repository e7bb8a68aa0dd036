using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Opening;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Opening;

public sealed class SocketTrialTests
{
    public static TheoryData<SocketTransport> Both => Transports.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public void What_is_tried_on_is_closed_again(SocketTransport transport)
    {
        var kept = new KeptTransport(SocketTransports.Of(transport));
        var faults = new OptionFaults("Listeners:test");
        var options = new SocketOptions { KeepAlive = true, Raw = { new RawOption(1, 7, 65_536) { Target = RawOptionTarget.ListeningSocket } } };

        new SocketTrial(kept, AddressFamily.InterNetwork).Run(SocketSettings.Of(options), faults);

        Assert.Empty(faults.All);
        Assert.Equal([false, false], kept.Made.Select(static channel => channel.Open));
    }

    /// <summary>Keeps what it makes.</summary>
    private sealed class KeptTransport(ISocketTransport transport) : ISocketTransport
    {
        public List<IChannel> Made { get; } = [];

        public bool AcceptsOnReadiness => transport.AcceptsOnReadiness;

        public IEventLoopGroup NewLoops(int count) => transport.NewLoops(count);

        public IServerChannel NewServerChannel(EndPoint endPoint) => transport.NewServerChannel(endPoint);

        public AbstractServerSocketChannel NewServerChannel(int descriptor) => transport.NewServerChannel(descriptor);

        public AbstractServerSocketChannel NewServerChannel(AddressFamily family) => Keep(transport.NewServerChannel(family));

        public AbstractSocketChannel NewStreamChannel(AddressFamily family) => Keep(transport.NewStreamChannel(family));

        private T Keep<T>(T channel)
            where T : IChannel
        {
            Made.Add(channel);
            return channel;
        }
    }
}
