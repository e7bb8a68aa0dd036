using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class DatagramCostTests
{
    // The packet itself, and what the readiness of a burst costs by the way.
    private const int MostBytes = 100;
    private const int Datagrams = 2000;
    private const int Burst = 8;

    [Fact]
    public async Task Receiving_from_one_peer_allocates_the_packet_and_no_more()
    {
        await using var datagrams = new RealDatagrams();
        var counts = new Counts();
        IChannel channel = await datagrams.BindAsync(counts);
        Socket peer = datagrams.Plain();
        await Send(Datagrams);

        long before = await AllocatedAsync();
        await Send(Datagrams);
        long each = (await AllocatedAsync() - before) / Datagrams;

        Assert.True(each < MostBytes, $"A datagram costs {each} bytes.");

        async Task Send(int count)
        {
            byte[] datagram = new byte[64];
            for (int sent = 0; sent < count; sent += Burst)
            {
                counts.Expect(Burst);
                for (int i = 0; i < Burst; i++)
                {
                    peer.SendTo(datagram, channel.LocalAddress);
                }

                await Within.Reached(counts.Reached);
            }
        }

        Task<long> AllocatedAsync() => Within.Reached(channel.EventLoop.SubmitAsync(GC.GetAllocatedBytesForCurrentThread));
    }

    private sealed class Counts : SimpleChannelInboundHandler<DatagramPacket>
    {
        private TaskCompletionSource _reached = new();
        private int _missing;

        public Task Reached => _reached.Task;

        public void Expect(int count)
        {
            _missing = count;
            _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        protected override void ChannelRead0(IChannelHandlerContext ctx, DatagramPacket packet)
        {
            if (--_missing == 0)
            {
                _reached.SetResult();
            }
        }
    }
}
