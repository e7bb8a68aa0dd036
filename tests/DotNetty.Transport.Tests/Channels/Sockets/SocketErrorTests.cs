using System.Net;
using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Sockets;

/// <summary>
/// Every call of a stream channel to the system fails with every error that it may show. Each time promises learn of it, the pipeline is told
/// once at most, the channel ends once, and nothing is kept.
/// </summary>
public sealed class SocketErrorTests : LeakFreeTests
{
    private static readonly EndPoint Remote = new IPEndPoint(IPAddress.Loopback, 9);

    private static readonly SocketError[] Errors =
    [
        SocketError.ConnectionReset, SocketError.ConnectionAborted, SocketError.ConnectionRefused, SocketError.TimedOut,
        SocketError.NetworkDown, SocketError.NetworkUnreachable, SocketError.NetworkReset, SocketError.HostDown, SocketError.HostUnreachable,
        SocketError.NoBufferSpaceAvailable, SocketError.OperationAborted, SocketError.NotConnected, SocketError.Shutdown,
        SocketError.AccessDenied, SocketError.InvalidArgument, SocketError.NotSocket, SocketError.Fault, SocketError.MessageSize,
        SocketError.SocketError,
    ];

    private readonly CloseCounter _closed = new();

    public enum Step
    {
        ConnectBegins,
        ConnectEnds,
        Receive,
        ReceiveIntoOwnBuffers,
        ReceiveAfterBytes,
        SendOne,
        SendGathered,
        SendMany,
        SendAfterPart,
        SendAfterWait,
        SendWithoutPromise,
        SendInClose,
        ShutdownOfOutput,
    }

    public static TheoryData<Step, SocketError> EveryStepWithEveryError()
    {
        var all = new TheoryData<Step, SocketError>();
        foreach (Step step in Enum.GetValues<Step>())
        {
            foreach (SocketError error in Errors)
            {
                all.Add(step, error);
            }
        }

        return all;
    }

    public static TheoryData<SocketError> EveryError() => [.. Errors];

    [Theory]
    [MemberData(nameof(EveryStepWithEveryError))]
    public void A_call_that_fails_ends_the_channel_once_and_tells_each_promise_why(Step step, SocketError error)
    {
        using var channel = new ScriptedChannel(connected: step is not (Step.ConnectBegins or Step.ConnectEnds));
        channel.Channel.CloseListener = _closed;
        channel.Started();

        (Task[] failing, bool told) = Fail(channel, step, error);

        Assert.All(failing, promise => Assert.Equal(error, ReasonOf(promise)));
        Assert.Equal(told ? [error] : [], channel.Recorder.Exceptions.Select(static fault => ((SocketException)fault).SocketErrorCode));
        AssertEnded(channel);
    }

    [Theory]
    [MemberData(nameof(EveryError))]
    public void A_shutdown_that_fails_in_a_close_closes_all_the_same(SocketError error)
    {
        using ScriptedChannel channel = NewChannel();
        channel.Socket.ShutdownAnswer = error;
        Task write = channel.Channel.WriteAndFlushAsync(Payload.Of("sent"));

        Task closing = channel.Channel.CloseAsync();
        channel.Run();

        Assert.True(write.IsCompletedSuccessfully && closing.IsCompletedSuccessfully);
        Assert.Empty(channel.Recorder.Exceptions);
        AssertEnded(channel);
    }

    [Theory]
    [MemberData(nameof(EveryError))]
    public void An_error_while_lingering_ends_the_close_and_is_nobodys_concern(SocketError error)
    {
        using ScriptedChannel channel = NewChannel();
        channel.Receive("recently");
        Task closing = channel.Channel.CloseAsync();
        channel.Run();
        bool lingers = !closing.IsCompleted;

        channel.Socket.ArrivesError(error);
        channel.Run();

        Assert.True(lingers);
        Assert.True(closing.IsCompletedSuccessfully);
        Assert.Empty(channel.Recorder.Exceptions);
        AssertEnded(channel);
    }

    [Theory]
    [MemberData(nameof(EveryError))]
    public void A_descriptor_that_cannot_be_closed_in_order_ends_the_channel_all_the_same(SocketError error)
    {
        using ScriptedChannel channel = new ScriptedChannel(connected: false).Started();
        channel.Channel.CloseListener = _closed;
        channel.Socket.CloseFault = new SocketException((int)error);
        Task connecting = channel.Channel.ConnectAsync(Remote);

        Task closing = channel.Channel.CloseAsync();
        channel.Run();

        Assert.True(closing.IsCompletedSuccessfully);
        Assert.IsType<ClosedChannelException>(connecting.Exception?.InnerException);
        AssertEnded(channel);
    }

    [Fact]
    public void A_receive_that_throws_is_told_and_ends_the_channel()
    {
        using ScriptedChannel channel = NewChannel();
        channel.Socket.ReceiveFault = new InvalidOperationException("on purpose");

        channel.Receive("hello");

        Assert.IsType<InvalidOperationException>(Assert.Single(channel.Recorder.Exceptions));
        AssertEnded(channel);
    }

    [Fact]
    public void A_wish_to_read_that_throws_after_a_read_is_told_and_ends_the_channel()
    {
        using ScriptedChannel channel = NewChannel();
        channel.Recorder.OnReadComplete = _ => channel.Socket.WantReadFault = new ObjectDisposedException("on purpose");

        channel.Receive("hello");

        Assert.IsType<ObjectDisposedException>(Assert.Single(channel.Recorder.Exceptions));
        AssertEnded(channel);
    }

    [Fact]
    public void A_wish_to_read_that_throws_when_it_is_asked_for_is_told_and_ends_the_channel()
    {
        using var channel = new ScriptedChannel();
        channel.Channel.CloseListener = _closed;
        channel.Channel.Configuration.AutoRead = false;
        channel.Started();
        channel.Socket.WantReadFault = new ObjectDisposedException("on purpose");

        channel.Channel.Read();
        channel.Run();

        Assert.IsType<ObjectDisposedException>(Assert.Single(channel.Recorder.Exceptions));
        AssertEnded(channel);
    }

    [Theory]
    [InlineData(Step.Receive)]
    [InlineData(Step.ReceiveIntoOwnBuffers)]
    [InlineData(Step.ReceiveAfterBytes)]
    [InlineData(Step.SendInClose)]
    public void An_end_of_input_at_any_step_ends_the_channel_and_is_no_error(Step step)
    {
        using ScriptedChannel channel = NewChannel();
        PrepareReceive(channel, step);
        if (step == Step.SendInClose)
        {
            channel.Receive("recently");
            channel.Channel.CloseAsync();
        }

        channel.ReceiveEnd();

        Assert.Empty(channel.Recorder.Exceptions);
        AssertEnded(channel);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(4096)]
    [InlineData(4097)]
    public void Sends_that_take_so_many_bytes_at_a_time_lose_none(int atATime)
    {
        int[] sizes = [0, 1, 5, 4096, 4097, 10_000, 3, 0, 40_000];
        byte[][] messages = [.. sizes.Select(static size => Payload.Bytes(size, size))];
        using ScriptedChannel channel = NewChannel();
        channel.Channel.Configuration.WriteSpinCount = 3;
        int calls = (sizes.Sum() / atATime) + sizes.Length;
        channel.Socket.Answers([.. Enumerable.Range(0, 2 * calls).Select(i => i % 5 == 4 ? TransportResult.WouldBlock : TransportResult.Of(atATime))]);

        Task[] writes = [.. messages.Select(bytes => channel.Channel.WriteAsync(Unpooled.WrappedBuffer(bytes)))];
        channel.Channel.Flush();
        while (!writes[^1].IsCompleted)
        {
            int before = channel.Socket.SendCalls;
            channel.Socket.BecomesWritable();
            channel.Run();
            Assert.True(channel.Socket.SendCalls > before, "nothing was sent although it could be");
        }

        Assert.All(writes, static write => Assert.True(write.IsCompletedSuccessfully));
        Assert.Equal(messages.SelectMany(static bytes => bytes), channel.Socket.Sends.SelectMany(static bytes => bytes));
    }

    [Fact]
    public void Two_messages_split_at_every_byte_arrive_whole()
    {
        byte[] first = Payload.Bytes(40, 1);
        byte[] second = Payload.Bytes(40, 2);
        for (int split = 0; split <= 80; split++)
        {
            using ScriptedChannel channel = new ScriptedChannel().Started();
            channel.Socket.Answers(TransportResult.Of(split), TransportResult.WouldBlock);

            Task[] writes = [channel.Channel.WriteAsync(Unpooled.WrappedBuffer(first)), channel.Channel.WriteAndFlushAsync(Unpooled.WrappedBuffer(second))];
            bool[] early = [.. writes.Select(static write => write.IsCompleted)];
            channel.Socket.BecomesWritable();
            channel.Run();

            Assert.Equal([split >= 40, split == 80], early);
            Assert.All(writes, static write => Assert.True(write.IsCompletedSuccessfully));
            Assert.Equal([.. first, .. second], channel.Socket.Sends.SelectMany(static bytes => bytes));
        }
    }

    // What the step is, the error in it, and the promises that must learn of it; true where the pipeline is told.
    private static (Task[] Failing, bool Told) Fail(ScriptedChannel channel, Step step, SocketError error)
    {
        var failure = TransportResult.Failed(error);
        switch (step)
        {
            case Step.ConnectBegins:
                channel.Socket.ConnectFault = new SocketException((int)error);
                return ([Connect(channel)], false);
            case Step.ConnectEnds:
                Task connecting = Connect(channel);
                channel.Socket.Connects(error);
                channel.Run();
                return ([connecting], false);
            case Step.Receive or Step.ReceiveIntoOwnBuffers or Step.ReceiveAfterBytes:
                return ([FailReceive(channel, step, error)], true);
            case Step.SendOne:
                return (Send(channel, [10], failure), false);
            case Step.SendGathered:
                return (Send(channel, [10, 20, 30], failure), false);
            case Step.SendMany:
                return (Send(channel, [10_000, 20, 10_000], failure), false);
            case Step.SendAfterPart:
                return (Send(channel, [10_000, 10_000], TransportResult.Of(5), failure), false);
            case Step.SendAfterWait:
                return (Send(channel, [10, 10], TransportResult.WouldBlock, failure), false);
            case Step.SendWithoutPromise:
                channel.Socket.Answers(failure);
                channel.Channel.Write(Payload.Of(10));
                Task behind = channel.Channel.WriteAsync(Payload.Of(10));
                channel.Channel.Flush();
                channel.Run();
                return ([behind], true);
            case Step.SendInClose:
                channel.Socket.Answers(TransportResult.WouldBlock, failure);
                Task write = channel.Channel.WriteAndFlushAsync(Payload.Of(10));
                channel.Channel.CloseAsync();
                channel.Socket.BecomesWritable();
                channel.Run();
                return ([write], false);
            default:
                channel.Socket.ShutdownAnswer = error;
                Task shutdown = channel.Channel.ShutdownOutputAsync();
                channel.Run();
                return ([shutdown], false);
        }
    }

    private static Task Connect(ScriptedChannel channel)
    {
        Task connecting = channel.Channel.ConnectAsync(Remote);
        channel.Run();
        return connecting;
    }

    private static Task FailReceive(ScriptedChannel channel, Step step, SocketError error)
    {
        channel.Socket.Answers(TransportResult.WouldBlock);
        Task waiting = channel.Channel.WriteAndFlushAsync(Payload.Of(10));
        PrepareReceive(channel, step);
        channel.Socket.ArrivesError(error);
        channel.Run();
        return waiting;
    }

    private static void PrepareReceive(ScriptedChannel channel, Step step)
    {
        if (step == Step.ReceiveIntoOwnBuffers)
        {
            channel.Channel.Configuration.RecvByteBufAllocator = new FixedRecvByteBufAllocator(16) { MaxMessagesPerRead = 4 };
        }

        if (step != Step.Receive)
        {
            channel.Socket.Arrives("hello");
        }
    }

    private static Task[] Send(ScriptedChannel channel, int[] sizes, params TransportResult[] answers)
    {
        channel.Socket.Answers(answers);
        Task[] writes = [.. sizes.Select(size => channel.Channel.WriteAsync(Payload.Of(size)))];
        channel.Channel.Flush();
        channel.Socket.BecomesWritable();
        channel.Run();
        return writes;
    }

    private static SocketError? ReasonOf(Task promise)
    {
        Exception? cause = promise.Exception?.InnerException;
        Assert.True(cause is ClosedChannelException or ConnectException, cause?.ToString());
        return (cause!.InnerException as SocketException)?.SocketErrorCode;
    }

    private ScriptedChannel NewChannel()
    {
        ScriptedChannel channel = new ScriptedChannel().Started();
        channel.Channel.CloseListener = _closed;
        return channel;
    }

    private void AssertEnded(ScriptedChannel channel)
    {
        Assert.True(channel.Channel.CloseCompletion.IsCompletedSuccessfully);
        Assert.Equal((1, 1), (_closed.Told, channel.Socket.CloseCalls));
        Assert.Equal("Removed", channel.Recorder.Events[^1]);
        Assert.Single(channel.Recorder.Events, static name => name == "Unregistered");
        Assert.Equal(0, channel.Outbound.TotalPendingWriteBytes());
        Assert.False(channel.Channel.Open);
    }
}
