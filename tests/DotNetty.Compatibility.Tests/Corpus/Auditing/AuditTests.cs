using System.Collections.Concurrent;
using System.Net.Sockets;
using Acme.Auditing;
using Acme.Echo;
using Acme.Hosting;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Compatibility.Tests.Corpus.Auditing;

public sealed class AuditTests
{
    [Fact]
    public void Everything_is_written_down_in_its_order()
    {
        var lines = new List<string>();
        var channel = new EmbeddedChannel(new AuditHandler(lines.Add));

        channel.WriteInbound("question");
        channel.WriteOutbound("answer");
        channel.Pipeline.FireExceptionCaught(new InvalidOperationException("odd"));
        Assert.Throws<InvalidOperationException>(() => channel.Finish());

        Assert.Equal(
            [
                "added as AuditHandler#0", "registered", "active", "wants to read",
                "read question", "read complete", "wants to read",
                "write answer", "flush",
                "exception odd",
                "close", "inactive", "unregistered", "removed", "closed",
            ],
            lines);
    }

    [Fact]
    public async Task A_client_that_connects_is_written_down()
    {
        var lines = new ConcurrentQueue<string>();
        var host = new TcpHost(new EchoingInitializer());
        await Within.Reached(host.StartAsync());
        var dialer = new TcpDialer(TimeSpan.FromSeconds(1), pipeline => pipeline.AddLast(new AuditHandler(lines.Enqueue)));

        IChannel channel = await Within.Reached(dialer.ConnectAsync(host.Address));
        await Within.Reached(channel.CloseAsync());
        await Within.Reached(dialer.StopAsync());
        await Within.Reached(host.StopAsync());

        Assert.Equal(["registered", "connect " + host.Address, "active"], lines.Where(line => line is "registered" or "active" || line.StartsWith("connect", StringComparison.Ordinal)));
        Assert.Equal(["close", "inactive"], lines.Where(line => line is "close" or "inactive"));
    }

    [Fact]
    public async Task A_meter_shared_by_all_connections_counts_their_bytes()
    {
        var meter = new TrafficMeter();
        var host = new TcpHost(new EchoingInitializer(meter));
        await Within.Reached(host.StartAsync());

        for (int i = 0; i < 2; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host.Address).WaitAsync(Within.Guard);
            await client.GetStream().WriteAsync(new byte[1000]);
            await Within.Reached(client.GetStream().ReadExactlyAsync(new byte[1000]).AsTask());
        }

        Assert.Equal((2000, 2000), (meter.Received, meter.Sent));
        await Within.Reached(host.StopAsync());
    }

    private sealed class EchoingInitializer(IChannelHandler? first = null) : ChannelInitializer<ISocketChannel>
    {
        protected override void InitChannel(ISocketChannel channel)
        {
            if (first is not null)
            {
                channel.Pipeline.AddFirst("meter", first);
            }

            channel.Pipeline.AddLast(new EchoServerHandler());
        }
    }
}
