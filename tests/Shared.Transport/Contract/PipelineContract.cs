using System.Net.Sockets;
using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.TestSupport.Contract;

/// <summary>Pipelines that change, and are entered again, inside their own events on a living connection.</summary>
public abstract class PipelineContract<TTransport> : ContractTests<TTransport>
    where TTransport : ITransportUnderTest, new()
{
    [Theory]
    [InlineData("Added")]
    [InlineData("Registered")]
    [InlineData("Active")]
    [InlineData("Read")]
    [InlineData("ReadComplete")]
    public async Task A_handler_may_take_itself_out_inside_any_event(string where)
    {
        var acts = new ActsAt(where, static context => context.Channel.Pipeline.Remove(context.Handler));

        await ReceiveAsync(acts);

        Assert.True(acts.Acted);
        Assert.Equal(["Removed"], acts.Events.SkipWhile(name => name != where).Skip(1));
        AssertWholeLife(Accepted);
        Assert.Contains("Read hello", Accepted.Events);
    }

    [Theory]
    [InlineData("Registered")]
    [InlineData("Active")]
    [InlineData("Read")]
    [InlineData("ReadComplete")]
    public async Task A_handler_may_put_another_in_its_place_inside_any_event(string where)
    {
        var successor = new ActsAt("Removed", static _ => { });
        var acts = new ActsAt(where, context => context.Channel.Pipeline.Replace(context.Handler, null, successor));

        await ReceiveAsync(acts);

        Assert.Equal(["Removed"], acts.Events.SkipWhile(name => name != where).Skip(1));
        Assert.Equal("Added", successor.Events[0]);
        Assert.Equal(where, successor.Events[1]);
        Assert.Equal(["Inactive", "Unregistered", "Removed"], successor.Events.TakeLast(3));
        AssertWholeLife(Accepted);
    }

    [Theory]
    [InlineData("Added")]
    [InlineData("Registered")]
    [InlineData("Active")]
    [InlineData("Read")]
    [InlineData("ReadComplete")]
    public async Task A_handler_may_add_another_behind_it_which_sees_the_event_that_is_under_way(string where)
    {
        var next = new ActsAt("Removed", static _ => { });
        var acts = new ActsAt(where, context => context.Channel.Pipeline.AddAfter(context.Name, null, next));

        await ReceiveAsync(acts);

        string[] seen = where == "Added" ? ["Added", "Registered"] : ["Added", where];
        Assert.Equal(seen, next.Events.Take(2));
        AssertWholeLife(Accepted);
    }

    [Fact]
    public async Task A_read_started_again_inside_its_own_event_comes_in_order()
    {
        await ListenAsync(handlers: static () => [new Lines()]);
        Accepted.OnRead = static (context, message) =>
        {
            var line = (string)message;
            if (line == "1")
            {
                // Bytes found elsewhere go the way of those that were received.
                context.Channel.Pipeline.FireChannelRead(Payload.Of("1a\n1b\n"));
            }
        };
        (Socket peer, IChannel channel) = await ConnectAsync();

        await peer.SendTextAsync("1\n2\n");
        peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(channel.CloseCompletion);

        Assert.Equal(["Read 1", "Read 1a", "Read 1b", "Read 2"], Accepted.Events.Where(static name => name.StartsWith("Read ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_read_asked_for_inside_a_read_does_not_nest()
    {
        int depth = 0;
        int deepest = 0;
        Accepted.OnRead = (context, message) =>
        {
            deepest = Math.Max(deepest, ++depth);
            context.Read();
            ((IByteBuffer)message).Release();
            depth--;
        };
        await ListenAsync(static bootstrap => bootstrap.ChildOption(ChannelOption.RcvbufAllocator, new FixedRecvByteBufAllocator(4)));
        (Socket peer, IChannel channel) = await ConnectAsync();

        await peer.SendTextAsync(new string('x', 400));
        peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(channel.CloseCompletion);

        Assert.Equal(1, deepest);
    }

    [Fact]
    public async Task What_a_handler_throws_in_an_event_is_told_to_the_next_and_the_connection_goes_on()
    {
        await ListenAsync(handlers: static () => [new ActsAt("Read", static _ => throw new InvalidOperationException("on purpose"))]);
        var caught = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Accepted.OnException = (_, _) => caught.TrySetResult();
        (Socket peer, IChannel channel) = await ConnectAsync();

        channel.Pipeline.AddFirst(new Lambda
        {
            OnRead = static (context, message) =>
            {
                // The one that throws has not taken the message over.
                var buffer = (IByteBuffer)message;
                context.FireChannelRead(buffer.Retain());
                if (buffer.ReferenceCount == 2)
                {
                    buffer.Release();
                }

                buffer.Release();
            },
        });
        await TurnAsync(channel);
        await peer.SendTextAsync("hello");
        await Within.Reached(caught.Task);
        await Within.Reached(channel.WriteAndFlushAsync(Payload.Of("still here")));

        Assert.Equal("still here", await peer.ReceiveTextAsync(10));
        Assert.IsType<InvalidOperationException>(Assert.Single(Accepted.Exceptions));
    }

    private async Task ReceiveAsync(ActsAt acts)
    {
        await ListenAsync(handlers: () => [acts]);
        (Socket peer, IChannel channel) = await ConnectAsync();
        await peer.SendTextAsync("hello");
        peer.Shutdown(SocketShutdown.Send);
        await Within.Reached(channel.CloseCompletion);
    }

    /// <summary>Lines of what is received; one line is passed on before the next is looked for.</summary>
    private sealed class Lines : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            var buffer = (IByteBuffer)message;
            string[] lines = buffer.ToString(Encoding.ASCII).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            buffer.Release();
            foreach (string line in lines)
            {
                context.FireChannelRead(line);
            }
        }
    }
}
