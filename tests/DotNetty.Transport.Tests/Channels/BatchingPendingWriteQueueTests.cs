using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Tests.Channels.Sockets;
using EsockdNetty.TestSupport;
using Promise = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Transport.Tests.Channels;

public sealed class BatchingPendingWriteQueueTests : LeakFreeTests
{
    private readonly ScriptedChannel _channel = new ScriptedChannel().Started();
    private readonly BatchingPendingWriteQueue _queue;

    public BatchingPendingWriteQueueTests() => _queue = new BatchingPendingWriteQueue(_channel.Channel.Pipeline.LastContext(), 10);

    public override void Dispose()
    {
        _channel.Dispose();
        base.Dispose();
    }

    [Fact]
    public void Messages_that_fit_together_are_one_batch()
    {
        _ = _queue.Add(ScriptedChannel.Bytes(4));
        _ = _queue.Add(ScriptedChannel.Bytes(6));
        _ = _queue.Add(ScriptedChannel.Bytes(1));

        Assert.Equal(2, _queue.Size);
        Assert.Equal(2, _queue.Current.Count);
        Assert.Equal(10, _queue.CurrentSize);
        _queue.RemoveAndFailAll(new InvalidDataException());
    }

    [Fact]
    public void A_message_that_is_too_large_is_a_batch_of_its_own()
    {
        _ = _queue.Add(ScriptedChannel.Bytes(50));
        _ = _queue.Add(ScriptedChannel.Bytes(1));

        Assert.Equal(2, _queue.Size);
        Assert.Equal(50, _queue.CurrentSize);
        _queue.RemoveAndFailAll(new InvalidDataException());
    }

    [Fact]
    public void An_empty_queue_has_nothing_to_do()
    {
        Assert.Null(_queue.Current);
        Assert.Null(_queue.CurrentSize);
        Assert.Null(_queue.Remove());
        Assert.True(_queue.IsEmpty);
        Assert.True(_queue.RemoveAndWriteAsync().IsCompletedSuccessfully);
        Assert.True(_queue.RemoveAndWriteAllAsync().IsCompletedSuccessfully);
        _queue.RemoveAndFailAll(new InvalidDataException());
    }

    [Fact]
    public void Each_message_has_a_task_of_its_own_and_they_end_in_order()
    {
        var completed = new List<int>();
        var tasks = new List<Task>();
        for (int i = 0; i < 5; i++)
        {
            int number = i;
            tasks.Add(_queue.Add(ScriptedChannel.Bytes(4, (byte)('0' + i))));
            tasks[i].ContinueWith(_ => completed.Add(number), TaskContinuationOptions.ExecuteSynchronously);
        }

        Task all = _queue.RemoveAndWriteAllAsync();
        _channel.Channel.Flush();

        Assert.True(all.IsCompletedSuccessfully);
        Assert.Equal(5, tasks.Distinct().Count());
        Assert.Equal([0, 1, 2, 3, 4], completed);
        Assert.Equal("00001111222233334444", _channel.Socket.Sent);
    }

    [Fact]
    public void One_batch_that_is_passed_on_leaves_the_others()
    {
        Task first = _queue.Add(ScriptedChannel.Bytes(8, (byte)'a'));
        Task second = _queue.Add(ScriptedChannel.Bytes(8, (byte)'b'));

        Task passedOn = _queue.RemoveAndWriteAsync();
        _channel.Channel.Flush();

        Assert.True(first.IsCompletedSuccessfully && passedOn.IsCompletedSuccessfully);
        Assert.False(second.IsCompleted);
        Assert.Equal("aaaaaaaa", _channel.Socket.Sent);
        _queue.RemoveAndFailAll(new InvalidDataException());
    }

    [Fact]
    public void The_promise_of_a_removed_batch_settles_all_its_messages()
    {
        IByteBuffer message = ScriptedChannel.Bytes(4);
        Task first = _queue.Add(message);
        Task second = _queue.Add(ScriptedChannel.Bytes(4));

        Promise promise = _queue.Remove();
        bool before = first.IsCompleted || second.IsCompleted;
        promise.TrySetException(new InvalidDataException());

        Assert.False(before);
        Assert.IsType<InvalidDataException>(first.Exception?.InnerException);
        Assert.IsType<InvalidDataException>(second.Exception?.InnerException);
        Assert.Equal(0, message.ReferenceCount);
    }

    [Fact]
    public void Its_bytes_count_for_the_water_marks_until_they_are_dropped()
    {
        _channel.Channel.Configuration.WriteBufferHighWaterMark = 15;

        _ = _queue.Add(ScriptedChannel.Bytes(8));
        _ = _queue.Add(ScriptedChannel.Bytes(8));
        long pending = _channel.Outbound.TotalPendingWriteBytes();
        _queue.RemoveAndFailAll(new InvalidDataException());

        Assert.Equal(16, pending);
        Assert.Equal(["Writable False", "Writable True"], _channel.Recorder.Take());
        Assert.Equal(0, _channel.Outbound.TotalPendingWriteBytes());
    }
}
