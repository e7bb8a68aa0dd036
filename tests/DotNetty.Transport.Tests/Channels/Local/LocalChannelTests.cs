using System.Net.Sockets;
using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Local;
using DotNetty.Transport.Tests.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Local;

public sealed class LocalChannelTests : LeakFreeTests
{
    [Fact]
    public async Task Messages_go_both_ways_in_order_as_they_are()
    {
        var received = new Collector(4);
        await using LocalServer server = await LocalServer.StartAsync(static () => new Lambda
        {
            OnRead = static (context, message) => context.WriteAndFlushAsync(message),
        });
        LocalChannel client = await server.ConnectAsync(received);
        object[] messages = ["one", 2, new object(), "four"];

        foreach (object message in messages)
        {
            await Within.Reached(client.WriteAndFlushAsync(message));
        }

        Assert.Equal(messages, await received.All());
    }

    [Fact]
    public async Task The_receiver_owns_the_very_buffer_that_was_written()
    {
        var received = new Collector(1);
        await using LocalServer server = await LocalServer.StartAsync(() => received);
        LocalChannel client = await server.ConnectAsync();
        IByteBuffer message = ScriptedChannel.Bytes("hello");

        await Within.Reached(client.WriteAndFlushAsync(message));

        Assert.Same(message, Assert.Single(await received.All()));
        Assert.Equal(1, message.ReferenceCount);
        Assert.Equal((5, 5), (client.BytesSent, (await server.AcceptedAsync()).BytesReceived));
        message.Release();
    }

    [Fact]
    public async Task Both_ends_know_their_addresses()
    {
        await using LocalServer server = await LocalServer.StartAsync();
        LocalChannel client = await server.ConnectAsync(null, static bootstrap => bootstrap.LocalAddress(new LocalAddress("Client-of-the-address-test")));
        LocalChannel child = await server.AcceptedAsync();

        Assert.Equal(server.Listener.LocalAddress, client.RemoteAddress);
        Assert.Equal(new LocalAddress("client-of-the-address-test"), client.LocalAddress);
        Assert.Equal((client.RemoteAddress, client.LocalAddress), (child.LocalAddress, child.RemoteAddress));
        Assert.Same(server.Listener, child.Parent);
    }

    [Fact]
    public async Task A_connect_to_nobody_is_refused_and_says_to_whom()
    {
        var group = new MultithreadEventLoopGroup(1);
        Bootstrap bootstrap = new Bootstrap().Group(group).Channel<LocalChannel>().Handler(new Lambda());

        ConnectException fault = await Assert.ThrowsAsync<ConnectException>(() => Within.Reached(bootstrap.ConnectAsync(new LocalAddress("nobody"))));

        Assert.Contains("local:nobody", fault.Message, StringComparison.Ordinal);
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<SocketException>(fault.InnerException).SocketErrorCode);
        await Within.Reached(group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    public async Task A_second_connect_is_refused()
    {
        await using LocalServer server = await LocalServer.StartAsync();
        LocalChannel client = await server.ConnectAsync();

        await Assert.ThrowsAsync<AlreadyConnectedException>(() => Within.Reached(client.ConnectAsync(server.Listener.LocalAddress)));

        Assert.True(client.Active);
    }

    [Fact]
    public async Task What_the_peer_does_not_read_stays_with_its_writer_and_counts_for_the_water_marks()
    {
        var received = new Collector(40);
        await using LocalServer server = await LocalServer.StartAsync(() => received, static bootstrap => bootstrap.ChildOption(ChannelOption.AutoRead, false));
        var writer = new Recorder();
        LocalChannel client = await server.ConnectAsync(writer, static bootstrap => bootstrap.Option(ChannelOption.WriteBufferHighWaterMark, 3000));
        LocalChannel child = await server.AcceptedAsync();

        Task[] writes = [.. Enumerable.Range(0, 40).Select(_ => client.WriteAndFlushAsync(ScriptedChannel.Bytes(100)))];
        await LocalServer.Settle(client, child);
        bool anyTaken = received.Count > 0 || writes.Any(static write => write.IsCompleted);
        bool writable = client.IsWritable;
        child.Configuration.AutoRead = true;
        await Within.Reached(Task.WhenAll(writes));
        (await received.All()).ForEach(static message => ((IByteBuffer)message).Release());
        await LocalServer.Settle(client, child);

        Assert.False(anyTaken);
        Assert.False(writable);
        Assert.True(client.IsWritable);
        Assert.Equal(0, client.Unsafe.OutboundBuffer.TotalPendingWriteBytes());
    }

    [Fact]
    public async Task One_read_is_answered_once_with_no_more_messages_than_were_asked_for()
    {
        var received = new Collector(5);
        await using LocalServer server = await LocalServer.StartAsync(() => received, static bootstrap => bootstrap
            .ChildOption(ChannelOption.AutoRead, false)
            .ChildOption(ChannelOption.RcvbufAllocator, new FixedRecvByteBufAllocator(64) { MaxMessagesPerRead = 2 }));
        LocalChannel client = await server.ConnectAsync();
        LocalChannel child = await server.AcceptedAsync();
        var counts = new List<int>();

        for (int i = 0; i < 5; i++)
        {
            _ = client.WriteAndFlushAsync(i);
        }

        for (int read = 0; read < 3; read++)
        {
            child.Read();
            await LocalServer.Settle(child, client);
            counts.Add(received.Count);
        }

        Assert.Equal([2, 4, 5], counts);
        Assert.Equal(3, received.ReadCompletes);
    }

    [Fact]
    public async Task A_read_that_is_taken_back_delivers_nothing_until_the_next()
    {
        var received = new Collector(1);
        await using LocalServer server = await LocalServer.StartAsync(() => received);
        LocalChannel client = await server.ConnectAsync();
        LocalChannel child = await server.AcceptedAsync();
        await LocalServer.Settle(child, client);

        child.Configuration.AutoRead = false;
        await LocalServer.Settle(child);
        _ = client.WriteAndFlushAsync("held back");
        await LocalServer.Settle(client, child);
        int whilePaused = received.Count;
        child.Read();

        Assert.Equal(["held back"], await received.All());
        Assert.Equal(0, whilePaused);
    }

    [Fact]
    public async Task The_peers_end_comes_after_all_that_was_written()
    {
        var reader = new Recorder();
        await using LocalServer server = await LocalServer.StartAsync(() => reader);
        LocalChannel client = await server.ConnectAsync();

        for (int i = 0; i < 100; i++)
        {
            _ = client.WriteAsync(i);
        }

        client.Flush();
        await Within.Reached(client.CloseAsync());
        await Within.Reached(reader.Ended.Task);

        string[] events = [.. reader.Events.Where(static name => name.StartsWith("Read ", StringComparison.Ordinal) || name == "Inactive")];
        Assert.Equal([.. Enumerable.Range(0, 100).Select(static i => $"Read {i}"), "Inactive"], events);
    }

    [Fact]
    public async Task A_close_waits_for_a_reader_that_pauses_and_delivers_all()
    {
        var reader = new Recorder();
        await using LocalServer server = await LocalServer.StartAsync(() => reader, static bootstrap => bootstrap.ChildOption(ChannelOption.AutoRead, false));
        LocalChannel client = await server.ConnectAsync();
        LocalChannel child = await server.AcceptedAsync();

        Task write = client.WriteAndFlushAsync("last words");
        Task closing = client.CloseAsync();
        child.Configuration.AutoRead = true;
        await Within.Reached(Task.WhenAll(write, closing));
        await Within.Reached(reader.Ended.Task);

        Assert.Contains("Read last words", reader.Events);
    }

    [Fact]
    public async Task An_end_waits_behind_an_answer_that_is_held_back()
    {
        var reader = new Recorder();
        await using LocalServer server = await LocalServer.StartAsync(() => reader);
        LocalChannel client = await server.ConnectAsync();
        LocalChannel child = await server.AcceptedAsync();
        await LocalServer.Settle(child, client);
        child.Configuration.AutoRead = false;
        await LocalServer.Settle(child);

        _ = client.WriteAndFlushAsync("last words");
        await Within.Reached(client.CloseAsync());
        await LocalServer.Settle(child);
        bool openWhileHeld = child.Active;
        child.Read();
        await Within.Reached(reader.Ended.Task);

        Assert.True(openWhileHeld);
        Assert.Contains("Read last words", reader.Events);
    }

    [Fact]
    public async Task Ends_that_close_at_once_do_not_wait_for_each_other()
    {
        await using LocalServer server = await LocalServer.StartAsync(null, static bootstrap => bootstrap.ChildOption(ChannelOption.AutoRead, false));
        LocalChannel client = await server.ConnectAsync(null, static bootstrap => bootstrap.Option(ChannelOption.AutoRead, false));
        LocalChannel child = await server.AcceptedAsync();

        Task fromClient = client.WriteAndFlushAsync(ScriptedChannel.Bytes("a"));
        Task fromChild = child.WriteAndFlushAsync(ScriptedChannel.Bytes("b"));
        await Within.Reached(Task.WhenAll(client.CloseAsync(), child.CloseAsync()));

        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(fromClient));
        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(fromChild));
    }

    [Fact]
    public async Task Nothing_is_read_behind_the_message_that_made_the_reader_close()
    {
        var reader = new Recorder { OnRead = static (context, _) => context.CloseAsync() };
        await using LocalServer server = await LocalServer.StartAsync(() => reader, static bootstrap => bootstrap.ChildOption(ChannelOption.AutoRead, false));
        LocalChannel client = await server.ConnectAsync();
        LocalChannel child = await server.AcceptedAsync();

        client.Write("quit");
        client.Write(ScriptedChannel.Bytes("too late"));
        client.Flush();
        await LocalServer.Settle(client);
        child.Read();
        await Within.Reached(Task.WhenAll(reader.Ended.Task, client.CloseCompletion));

        Assert.Contains("Read quit", reader.Events);
        Assert.DoesNotContain("Read too late", reader.Events);
    }

    [Fact]
    public async Task What_was_not_flushed_is_not_delivered_and_fails()
    {
        var reader = new Recorder();
        await using LocalServer server = await LocalServer.StartAsync(() => reader);
        LocalChannel client = await server.ConnectAsync();

        Task write = client.WriteAsync(ScriptedChannel.Bytes("never"));
        await Within.Reached(client.CloseAsync());
        await Within.Reached(reader.Ended.Task);

        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(write));
        Assert.DoesNotContain("Read never", reader.Events);
    }

    [Fact]
    public async Task A_forced_close_drops_what_the_peer_has_not_taken_and_ends_it()
    {
        var reader = new Recorder();
        await using LocalServer server = await LocalServer.StartAsync(() => reader, static bootstrap => bootstrap.ChildOption(ChannelOption.AutoRead, false));
        LocalChannel client = await server.ConnectAsync();

        Task write = client.WriteAndFlushAsync(ScriptedChannel.Bytes("dropped"));
        client.Unsafe.CloseForcibly();
        await Within.Reached(reader.Ended.Task);

        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(write));
        Assert.DoesNotContain("Read dropped", reader.Events);
    }

    [Fact]
    public async Task Ten_writes_with_flush_in_one_read_arrive_in_one_read()
    {
        var received = new Collector(10);
        await using LocalServer server = await LocalServer.StartAsync(static () => new Lambda
        {
            OnRead = static (context, _) =>
            {
                for (int i = 0; i < 10; i++)
                {
                    _ = context.WriteAndFlushAsync(i);
                }
            },
        });
        LocalChannel client = await server.ConnectAsync(received);

        await Within.Reached(client.WriteAndFlushAsync("go"));
        await received.All();
        await LocalServer.Settle(client);

        Assert.Equal(1, received.ReadCompletes);
    }

    [Fact]
    public async Task Both_ends_may_share_one_loop()
    {
        var received = new Collector(200);
        var group = new MultithreadEventLoopGroup(1);
        IChannel listener = await Within.Reached(new ServerBootstrap().Group(group).Channel<LocalServerChannel>()
            .ChildHandler(new ActionChannelInitializer<IChannel>(child => child.Pipeline.AddLast(received)))
            .BindAsync(LocalAddress.Any));
        IChannel client = await Within.Reached(new Bootstrap().Group(group).Channel<LocalChannel>().Handler(new Lambda()).ConnectAsync(listener.LocalAddress));

        for (int i = 0; i < 200; i++)
        {
            client.Write(i);
            client.Flush();
        }

        Assert.Equal(Enumerable.Range(0, 200).Cast<object>(), await received.All());
        await Within.Reached(group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    public async Task Loops_that_end_leave_no_channel_open()
    {
        LocalServer server = await LocalServer.StartAsync(null, static bootstrap => bootstrap.ChildOption(ChannelOption.AutoRead, false));
        LocalChannel client = await server.ConnectAsync();
        LocalChannel child = await server.AcceptedAsync();
        Task write = client.WriteAndFlushAsync(ScriptedChannel.Bytes("in vain"));

        await server.DisposeAsync();
        await Within.Reached(Task.WhenAll(client.CloseCompletion, child.CloseCompletion));

        Assert.False(client.Open || child.Open || server.Listener.Open);
        await Assert.ThrowsAnyAsync<IOException>(() => Within.Reached(write));
    }

    [Fact]
    public async Task Connects_writes_and_closes_at_once_lose_nothing()
    {
        for (int round = 0; round < 50; round++)
        {
            var received = new Collector(20);
            await using LocalServer server = await LocalServer.StartAsync(() => received);
            LocalChannel client = await server.ConnectAsync();

            for (int i = 0; i < 20; i++)
            {
                client.Write(ScriptedChannel.Bytes($"{i}"));
            }

            client.Flush();
            Task closing = client.CloseAsync();
            List<object> all = await received.All();
            await Within.Reached(closing);

            Assert.Equal(Enumerable.Range(0, 20).Select(static i => $"{i}"), all.Select(static message => ((IByteBuffer)message).ToString(Encoding.ASCII)));
            all.ForEach(static message => ((IByteBuffer)message).Release());
        }
    }
}
