using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting;

public sealed class DescriptorReserveGateTests
{
    private readonly EventRecorder _recorder = new();

    [Theory]
    [InlineData(957, true)]
    [InlineData(958, false)]
    public void Keeps_32_descriptors_and_1_percent_of_the_limit_free(int descriptor, bool passes)
    {
        var server = new EmbeddedChannel(new DescriptorReserveGate(() => 1000), _recorder);
        var child = new ChildChannel(descriptor);

        server.WriteInbound(child);

        Assert.Equal(passes, child.Open);
        Assert.Equal(passes ? 0 : 1, _recorder.Events.OfType<ConnectionRefused>().Count(refused => refused.Reason == RefusalReason.DescriptorReserve));
    }

    [Fact]
    public void Tells_the_back_off_as_if_the_system_had_refused()
    {
        var server = new EmbeddedChannel(new DescriptorReserveGate(() => 1000), _recorder);

        server.WriteInbound(new ChildChannel(999));

        Assert.Equal(AcceptErrorKind.Descriptors, Assert.IsType<AcceptException>(Assert.Single(_recorder.Exceptions)).Kind);
    }

    [Fact]
    public void Sees_a_lowered_limit_before_a_rush_can_fill_the_table()
    {
        long? limit = 1000;
        var server = new EmbeddedChannel(new DescriptorReserveGate(() => limit), _recorder);
        ChildChannel[] children = [new(900), new(900), new(900)];

        server.WriteInbound(children[0]);
        limit = 500;
        server.WriteInbound(children[1]);
        limit = 1000;
        server.WriteInbound(children[2]);

        Assert.Equal([true, false, true], children.Select(child => child.Open));
    }

    [Fact]
    public void Lets_everything_pass_where_there_is_no_limit()
    {
        var server = new EmbeddedChannel(new DescriptorReserveGate(() => null), _recorder);
        var child = new ChildChannel(int.MaxValue);

        server.WriteInbound(child);

        Assert.True(child.Open);
    }

    [Fact]
    public void Lets_a_channel_without_descriptor_pass()
    {
        var server = new EmbeddedChannel(new DescriptorReserveGate(() => 10), _recorder);
        var child = new EmbeddedChannel();

        server.WriteInbound(child);

        Assert.True(child.Open);
    }
}
