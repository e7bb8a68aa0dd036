using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Tests.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Embedded;

public sealed class SingleThreadedEmbeddedChannelTests : LeakFreeTests
{
    [Fact]
    public void Handlers_run_on_its_loop_and_the_call_returns_when_they_have()
    {
        bool? onLoop = null;
        var channel = new SingleThreadedEmbeddedChannel(null, new Lambda
        {
            OnRead = (context, message) =>
            {
                onLoop = context.Executor.InEventLoop && !Thread.CurrentThread.IsThreadPoolThread;
                context.FireChannelRead(message + "!");
            },
        });

        bool any = channel.WriteInbound("one", "two");

        Assert.True(any);
        Assert.True(onLoop);
        Assert.Equal("one!", channel.ReadInbound<string>());
        Assert.Equal("two!", channel.ReadInbound<string>());
        Assert.Null(channel.ReadInbound<string>());
        Assert.False(channel.Finish());
    }

    [Fact]
    public void What_is_written_is_flushed_and_read_back()
    {
        var channel = new SingleThreadedEmbeddedChannel();

        bool any = channel.WriteOutbound(ScriptedChannel.Bytes("a"), ScriptedChannel.Bytes("b"));

        Assert.True(any);
        using var first = new Released(channel.ReadOutbound<IByteBuffer>());
        Assert.Equal("a", first.Text);
        Assert.True(channel.FinishAndReleaseAll());
        Assert.Empty(channel.OutboundMessages);
    }

    [Fact]
    public async Task It_may_be_given_a_loop_and_leaves_it_running()
    {
        var loop = new SingleThreadEventLoop("given");
        var recorder = new Recorder();
        var channel = new SingleThreadedEmbeddedChannel(loop, recorder);

        Assert.Same(loop, channel.EventLoop);
        Assert.False(channel.Finish());

        Assert.Equal(["Added", "Registered", "Active", "Inactive", "Unregistered", "Removed"], recorder.Events);
        Assert.False(loop.IsShuttingDown);
        await Within.Reached(loop.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    public async Task A_loop_of_its_own_ends_with_the_channel_and_what_is_left_can_be_read()
    {
        var channel = new SingleThreadedEmbeddedChannel();
        channel.WriteInbound("left");

        await Within.Reached(channel.CloseAsync());
        await Within.Reached(channel.EventLoop.TerminationCompletion);

        Assert.Equal("left", channel.ReadInbound<string>());
        Assert.Throws<ClosedChannelException>(() => channel.WriteInbound("late"));
    }

    [Fact]
    public void It_may_be_made_unregistered()
    {
        var recorder = new Recorder();
        var channel = new SingleThreadedEmbeddedChannel(DefaultChannelId.NewInstance(), false, false, null, recorder);

        bool before = channel.Registered;
        channel.Register();

        Assert.False(before);
        Assert.True(channel.Active);
        Assert.Equal(["Added", "Registered", "Active"], recorder.Events);
        channel.Finish();
    }

    [Fact]
    public void An_exception_nobody_handled_is_thrown_at_the_test()
    {
        var channel = new SingleThreadedEmbeddedChannel(null, new Lambda { OnRead = static (_, _) => throw new InvalidDataException() });

        Assert.Throws<InvalidDataException>(() => channel.WriteInbound("message"));

        channel.CheckException();
        channel.Finish();
    }

    private sealed class Released(IByteBuffer buffer) : IDisposable
    {
        public string Text => buffer.ToString(System.Text.Encoding.ASCII);

        public void Dispose() => buffer.Release();
    }
}
