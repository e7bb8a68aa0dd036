using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using DotNetty.Transport.Tests.Channels.Sockets;
using EsockdNetty.TestSupport;
using Promise = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Transport.Tests.Channels;

public sealed class PendingWriteQueueTests : LeakFreeTests
{
    private readonly ScriptedChannel _channel = new ScriptedChannel().Started();
    private readonly PendingWriteQueue _queue;

    public PendingWriteQueueTests() => _queue = new PendingWriteQueue(_channel.Channel.Pipeline.LastContext());

    public override void Dispose()
    {
        _channel.Dispose();
        base.Dispose();
    }

    [Fact]
    public void What_is_added_stays_until_it_is_removed()
    {
        IByteBuffer message = ScriptedChannel.Bytes("a");

        Task write = _queue.Add(message);

        Assert.False(write.IsCompleted);
        Assert.Same(message, _queue.Current);
        Assert.Equal((1, false), (_queue.Size, _queue.IsEmpty));
        _queue.RemoveAndFail(new InvalidDataException());
    }

    [Fact]
    public void An_empty_queue_has_nothing_to_do()
    {
        Assert.Null(_queue.Current);
        Assert.Null(_queue.Remove());
        Assert.True(_queue.RemoveAndWriteAsync().IsCompletedSuccessfully);
        Assert.True(_queue.RemoveAndWriteAllAsync().IsCompletedSuccessfully);
        _queue.RemoveAndFail(new InvalidDataException());
        _queue.RemoveAndFailAll(new InvalidDataException());
    }

    [Fact]
    public void All_that_is_passed_on_is_written_in_order_and_completes_in_order()
    {
        var completed = new List<int>();
        for (int i = 0; i < 3; i++)
        {
            int number = i;
            _queue.Add(ScriptedChannel.Bytes($"{i}")).ContinueWith(_ => completed.Add(number), TaskContinuationOptions.ExecuteSynchronously);
        }

        Task all = _queue.RemoveAndWriteAllAsync();
        bool beforeFlush = all.IsCompleted;
        _channel.Channel.Flush();

        Assert.False(beforeFlush);
        Assert.True(all.IsCompletedSuccessfully);
        Assert.Equal("012", _channel.Socket.Sent);
        Assert.Equal([0, 1, 2], completed);
        Assert.True(_queue.IsEmpty);
    }

    [Fact]
    public void One_that_is_passed_on_leaves_the_others()
    {
        Task first = _queue.Add(ScriptedChannel.Bytes("a"));
        Task second = _queue.Add(ScriptedChannel.Bytes("b"));

        Task passedOn = _queue.RemoveAndWriteAsync();
        _channel.Channel.Flush();

        Assert.True(first.IsCompletedSuccessfully && passedOn.IsCompletedSuccessfully);
        Assert.False(second.IsCompleted);
        Assert.Equal("a", _channel.Socket.Sent);
        _queue.RemoveAndFailAll(new InvalidDataException());
    }

    [Fact]
    public void What_is_failed_is_released_and_fails_in_order()
    {
        var failed = new List<int>();
        IByteBuffer[] messages = [ScriptedChannel.Bytes("a"), ScriptedChannel.Bytes("b")];
        for (int i = 0; i < messages.Length; i++)
        {
            int number = i;
            _queue.Add(messages[i]).ContinueWith(
                write => failed.Add(write.Exception?.InnerException is InvalidDataException ? number : -1),
                TaskContinuationOptions.ExecuteSynchronously);
        }

        _queue.RemoveAndFailAll(new InvalidDataException());

        Assert.Equal([0, 1], failed);
        Assert.All(messages, static message => Assert.Equal(0, message.ReferenceCount));
    }

    [Fact]
    public void A_failure_whose_writer_tries_again_does_not_go_on_for_ever()
    {
        _queue.Add(ScriptedChannel.Bytes("a")).ContinueWith(_ => _queue.Add(ScriptedChannel.Bytes("again")), TaskContinuationOptions.ExecuteSynchronously);

        _queue.RemoveAndFailAll(new InvalidDataException());

        Assert.Equal(1, _queue.Size);
        _queue.RemoveAndFailAll(new InvalidDataException());
    }

    [Fact]
    public void A_removed_message_is_released_and_its_promise_the_callers()
    {
        IByteBuffer message = ScriptedChannel.Bytes("a");
        Task write = _queue.Add(message);

        Promise promise = _queue.Remove();
        bool before = write.IsCompleted;
        promise.TryComplete();

        Assert.False(before);
        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal(0, message.ReferenceCount);
    }

    [Fact]
    public void Its_bytes_count_for_the_water_marks_and_nothing_flickers_when_they_are_passed_on()
    {
        _channel.Channel.Configuration.WriteBufferHighWaterMark = 100;
        _channel.Channel.Configuration.WriteBufferLowWaterMark = 50;
        _channel.Socket.Answers(TransportResult.WouldBlock);

        _queue.Add(ScriptedChannel.Bytes(80));
        bool belowTheMark = _channel.Channel.IsWritable;
        _queue.Add(ScriptedChannel.Bytes(80));
        bool aboveTheMark = _channel.Channel.IsWritable;
        _queue.RemoveAndWriteAllAsync();
        _channel.Channel.Flush();
        string[] whilePassedOn = _channel.Recorder.Take();
        _channel.Socket.BecomesWritable();
        _channel.Run();

        Assert.Equal((true, false), (belowTheMark, aboveTheMark));
        Assert.Equal(["Writable False"], whilePassedOn);
        Assert.Equal(["Writable True"], _channel.Recorder.Take());
        Assert.Equal(0, _channel.Outbound.TotalPendingWriteBytes());
    }

    [Fact]
    public void What_is_failed_counts_no_more()
    {
        _channel.Channel.Configuration.WriteBufferHighWaterMark = 100;

        _queue.Add(ScriptedChannel.Bytes(200));
        _queue.RemoveAndFailAll(new InvalidDataException());

        Assert.Equal(["Writable False", "Writable True"], _channel.Recorder.Take());
        Assert.Equal(0, _channel.Outbound.TotalPendingWriteBytes());
    }
}
