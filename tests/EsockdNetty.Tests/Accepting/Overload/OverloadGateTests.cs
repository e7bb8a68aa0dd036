using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Overload;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting.Overload;

public sealed class OverloadGateTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly FakeMemory _memory = new();
    private readonly EventRecorder _recorder = new();
    private readonly ConnectionLimit _limit = new(10);
    private readonly OverloadMonitor _monitor;
    private readonly EmbeddedChannel _server;

    public OverloadGateTests()
    {
        _monitor = new OverloadMonitor(new OverloadOptions(), [], _memory, new ListLogger(), _time);
        _monitor.Start();
        _server = new EmbeddedChannel(new MaxConnectionsGate(_limit), new OverloadGate(_monitor), _recorder);
    }

    public void Dispose() => _monitor.Dispose();

    [Fact]
    public void Lets_connections_pass_while_the_server_copes()
    {
        Look(50);

        var child = new ChildChannel();
        _server.WriteInbound(child);

        Assert.Same(child, _server.ReadInbound<ChildChannel>());
        Assert.True(child.Open);
    }

    [Fact]
    public void Refuses_them_while_it_does_not_and_gives_back_what_earlier_gates_took()
    {
        Look(90);

        var child = new ChildChannel();
        _server.WriteInbound(child);

        Assert.False(child.Open);
        Assert.Equal(0, _limit.Count);
        Assert.Equal([new ConnectionRefused(RefusalReason.Overload, ChildChannel.Peer)], _recorder.Events);
    }

    [Fact]
    public void Lets_them_pass_again_when_it_is_over()
    {
        Look(90);
        Look(50);

        var child = new ChildChannel();
        _server.WriteInbound(child);

        Assert.True(child.Open);
    }

    private void Look(double memory)
    {
        _memory.Used = memory;
        _time.Advance(TimeSpan.FromSeconds(1));
    }
}
