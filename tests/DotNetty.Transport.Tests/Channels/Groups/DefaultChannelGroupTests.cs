using System.Text;
using DotNetty.Buffers;
using DotNetty.Common;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Groups;
using DotNetty.Transport.Channels.Local;
using DotNetty.Transport.Tests.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Groups;

public sealed class DefaultChannelGroupTests : LeakFreeTests
{
    private readonly DefaultChannelGroup _group = new("rooms", null);

    [Fact]
    public void A_channel_is_a_member_once_and_found_by_its_id()
    {
        EmbeddedChannel channel = NewChannel();

        Assert.True(_group.Add(channel));
        Assert.False(_group.Add(channel));

        Assert.Same(channel, _group.Find(channel.Id));
        Assert.Equal([channel], _group);
        Assert.Contains(channel, (ICollection<IChannel>)_group);
        Assert.False(_group.IsEmpty);
    }

    [Fact]
    public void A_channel_may_be_removed_itself_or_by_its_id()
    {
        EmbeddedChannel first = NewChannel();
        EmbeddedChannel second = NewChannel();
        _group.Add(first);
        _group.Add(second);

        Assert.True(_group.Remove(first));
        Assert.False(_group.Remove(first));
        Assert.True(_group.Remove((object)second.Id));
        Assert.False(_group.Remove("neither"));

        Assert.True(_group.IsEmpty);
    }

    [Fact]
    public void A_closed_channel_leaves_by_itself_and_cannot_join_any_more()
    {
        EmbeddedChannel channel = NewChannel();
        _group.Add(channel);

        channel.CloseAsync();
        bool leftAtOnce = _group.IsEmpty;
        _group.Add(channel);

        Assert.True(leftAtOnce);
        Assert.True(_group.IsEmpty);
    }

    [Fact]
    public void A_channel_leaves_every_group_it_is_in_when_it_closes_and_none_it_has_left()
    {
        var other = new DefaultChannelGroup(null);
        EmbeddedChannel channel = NewChannel();
        _group.Add(channel);
        other.Add(channel);
        _group.Remove(channel);
        _group.Add(channel);

        channel.CloseAsync();

        Assert.Equal((0, 0), (_group.Count, other.Count));
    }

    [Fact]
    public void A_group_that_a_living_channel_has_left_is_collected()
    {
        EmbeddedChannel channel = NewChannel();

        WeakReference left = JoinAndLeave(channel);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(left.IsAlive);
        Assert.True(channel.Active);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference JoinAndLeave(EmbeddedChannel channel)
        {
            var group = new DefaultChannelGroup(null);
            group.Add(channel);
            group.Remove(channel);
            return new WeakReference(group);
        }
    }

    [Fact]
    public void Clear_leaves_the_channels_open()
    {
        EmbeddedChannel channel = NewChannel();
        _group.Add(channel);

        _group.Clear();

        Assert.Empty(_group);
        Assert.True(channel.Active);
    }

    [Fact]
    public async Task A_broadcast_gives_every_member_the_same_bytes_without_copying_them()
    {
        EmbeddedChannel[] channels = [.. Enumerable.Range(0, 3).Select(_ => Joined())];
        IByteBuffer message = ScriptedChannel.Bytes("hello");

        await _group.WriteAndFlushAsync(message);

        IByteBuffer[] received = [.. channels.Select(static channel => channel.ReadOutbound<IByteBuffer>())];
        Assert.All(received, view => Assert.Same(message.Array, view.Array));
        Assert.Equal(3, message.ReferenceCount);
        received[0].SkipBytes(4);
        Assert.Equal(["o", "hello", "hello"], received.Select(static view => view.ToString(Encoding.ASCII)));
        Array.ForEach(received, static view => view.Release());
        Assert.Equal(0, message.ReferenceCount);
    }

    [Fact]
    public async Task What_is_written_waits_for_the_flush_of_the_group()
    {
        EmbeddedChannel channel = Joined();

        Task write = _group.WriteAsync("hello");
        bool before = channel.OutboundMessages.Count > 0;
        _group.Flush();
        await Within.Reached(write);

        Assert.False(before);
        Assert.Equal("hello", channel.ReadOutbound<string>());
    }

    [Fact]
    public void A_broadcast_without_promises_reaches_every_member()
    {
        EmbeddedChannel first = Joined();
        EmbeddedChannel second = Joined();

        _group.Write("hello");
        _group.Write("not for the first", ChannelMatchers.IsNot(first));
        _group.Flush();

        Assert.Equal(["hello"], first.OutboundMessages);
        Assert.Equal(["hello", "not for the first"], second.OutboundMessages);
    }

    [Fact]
    public async Task A_message_for_an_empty_group_is_released()
    {
        IByteBuffer message = ScriptedChannel.Bytes("hello");

        await _group.WriteAndFlushAsync(message);

        Assert.Equal(0, message.ReferenceCount);
    }

    [Fact]
    public async Task A_broadcast_is_for_those_alone_that_match()
    {
        EmbeddedChannel first = Joined();
        EmbeddedChannel second = Joined();

        await _group.WriteAndFlushAsync("hello", ChannelMatchers.IsNot(first));

        Assert.Empty(first.OutboundMessages);
        Assert.Equal("hello", second.ReadOutbound<string>());
    }

    [Fact]
    public async Task A_member_that_fails_is_named_and_harms_nobody()
    {
        EmbeddedChannel good = Joined();
        EmbeddedChannel bad = Joined(new FailsWrites());
        EmbeddedChannel alsoGood = Joined();
        IByteBuffer message = ScriptedChannel.Bytes("hello");

        var fault = await Assert.ThrowsAsync<ChannelGroupException>(() => _group.WriteAndFlushAsync(message));

        (IChannel failed, Exception cause) = Assert.Single(fault);
        Assert.Same(bad, failed);
        Assert.IsType<InvalidDataException>(cause);
        Assert.True(good.ReleaseOutbound() && alsoGood.ReleaseOutbound());
        Assert.Equal(0, message.ReferenceCount);
    }

    [Fact]
    public async Task A_slow_member_keeps_nobody_waiting_but_the_task()
    {
        using var slow = new ScriptedChannel();
        slow.Started();
        slow.Socket.Answers(DotNetty.Transport.Channels.Sockets.TransportResult.WouldBlock);
        EmbeddedChannel fast = Joined();
        _group.Add(slow.Channel);

        Task broadcast = _group.WriteAndFlushAsync(ScriptedChannel.Bytes("hello"));
        bool fastHasIt = fast.ReleaseOutbound();
        bool endedEarly = broadcast.IsCompleted;
        slow.Socket.BecomesWritable();
        slow.Run();
        await Within.Reached(broadcast);

        Assert.True(fastHasIt);
        Assert.False(endedEarly);
        Assert.Equal("hello", slow.Socket.Sent);
    }

    [Fact]
    public async Task Server_channels_are_members_that_nothing_is_written_to()
    {
        var server = new LocalServerChannel();
        EmbeddedChannel connection = Joined();
        _group.Add(server);

        await _group.WriteAndFlushAsync("hello");

        Assert.Equal([server, connection], _group);
        Assert.Equal([server, connection], _group.ToArray());
        Assert.Equal(["hello"], connection.OutboundMessages);
        server.Unsafe.CloseForcibly();
        Assert.Equal([connection], _group);
    }

    [Fact]
    public async Task Close_closes_all_and_empties_the_group()
    {
        EmbeddedChannel first = Joined();
        EmbeddedChannel second = Joined();

        Task all = _group.NewCloseFuture();
        bool before = all.IsCompleted;
        await _group.CloseAsync();

        Assert.False(before);
        await Within.Reached(all);
        Assert.False(first.Open || second.Open);
        Assert.True(_group.IsEmpty);
    }

    [Fact]
    public async Task Members_may_come_go_and_be_spoken_to_at_once()
    {
        EmbeddedChannel[] channels = [.. Enumerable.Range(0, 64).Select(static _ => NewChannel())];
        Task looking = Task.Run(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                Assert.All(_group, static channel => Assert.NotNull(channel));
                Assert.InRange(_group.ToArray().Length, 0, channels.Length);
            }
        });
        IEnumerable<Task> changing = Enumerable.Range(0, 4).Select(part => Task.Run(() =>
        {
            foreach (int i in Enumerable.Range(0, 500))
            {
                EmbeddedChannel channel = channels[((i * 4) + part) % channels.Length];
                _group.Add(channel);
                if (i % 3 == 0)
                {
                    _group.Remove(channel);
                }
            }
        }));

        await Within.Reached(Task.WhenAll([looking, .. changing]));

        Array.ForEach(channels, static channel => channel.CloseAsync());
        Assert.Empty(_group);
    }

    [Fact]
    public async Task Adding_races_with_closing_and_no_closed_channel_stays()
    {
        for (int round = 0; round < 200; round++)
        {
            EmbeddedChannel channel = NewChannel();

            await Within.Reached(Task.WhenAll(Task.Run(() => _group.Add(channel)), Task.Run(channel.CloseAsync)));
        }

        Assert.Empty(_group);
    }

    [Fact]
    public void Groups_are_ordered_by_name()
    {
        var before = new DefaultChannelGroup("halls", null);
        var same = new DefaultChannelGroup("rooms", null);

        Assert.True(before.CompareTo(_group) < 0);
        Assert.Equal(0, _group.CompareTo(_group));
        Assert.Equal(Math.Sign(_group.CompareTo(same)), -Math.Sign(same.CompareTo(_group)));
        Assert.Equal("DefaultChannelGroup(name: rooms, size: 0)", _group.ToString());
    }

    private static EmbeddedChannel NewChannel(params IChannelHandler[] handlers) => new(DefaultChannelId.NewInstance(), handlers);

    private EmbeddedChannel Joined(params IChannelHandler[] handlers)
    {
        EmbeddedChannel channel = NewChannel(handlers);
        _group.Add(channel);
        return channel;
    }

    private sealed class FailsWrites : ChannelHandlerAdapter
    {
        public override Task WriteAsync(IChannelHandlerContext context, object message)
        {
            ((IReferenceCounted)message).Release();
            throw new InvalidDataException();
        }
    }
}
