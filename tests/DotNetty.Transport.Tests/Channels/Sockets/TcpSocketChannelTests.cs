using System.Net;
using System.Net.Sockets;
using System.Text;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class TcpSocketChannelTests : LeakFreeTests
{
    private readonly Recorder _recorder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_error_reply_before_the_close_arrives_while_the_peer_still_sends(bool closesWhenWritten)
    {
        for (int round = 0; round < 10; round++)
        {
            await using RealServer server = await RealServer.StartAsync(() => new Lambda
            {
                OnRead = (context, message) =>
                {
                    ((IByteBuffer)message).Release();
                    Task reply = context.WriteAndFlushAsync(ScriptedChannel.Bytes("too large"));
                    _ = closesWhenWritten ? reply.ContinueWith(_ => context.CloseAsync()) : context.CloseAsync();
                },
            });
            Socket client = await server.ConnectAsync();
            Task sending = Send(client);

            byte[] reply = await client.ReceiveToEndAsync();

            Assert.StartsWith("too large", Encoding.ASCII.GetString(reply), StringComparison.Ordinal);
            await Within.Reached(sending);
        }

        static async Task Send(Socket client)
        {
            byte[] chunk = new byte[1024];
            for (int i = 0; i < 40; i++)
            {
                await client.SendAsync(chunk);
            }

            client.Shutdown(SocketShutdown.Send);
        }
    }

    [Fact]
    public async Task What_was_flushed_before_the_close_arrives_at_a_slow_reader()
    {
        const int Size = 3_000_000;
        await using RealServer server = await RealServer.StartAsync();
        Socket client = await server.ConnectAsync();
        IChannel channel = await server.AcceptedAsync();

        Task write = channel.WriteAndFlushAsync(ScriptedChannel.Bytes(Size));
        Task closing = channel.CloseAsync();
        byte[] received = await client.ReceiveToEndAsync();

        Assert.Equal(Size, received.Length);
        await Within.Reached(Task.WhenAll(write, closing));
    }

    [Fact]
    public async Task A_forced_close_resets_the_connection()
    {
        await using RealServer server = await RealServer.StartAsync();
        Socket client = await server.ConnectAsync();
        IChannel channel = await server.AcceptedAsync();

        channel.Unsafe.CloseForcibly();

        SocketException fault = await Assert.ThrowsAsync<SocketException>(client.ReceiveToEndAsync);
        Assert.Equal(SocketError.ConnectionReset, fault.SocketErrorCode);
    }

    [Fact]
    public async Task A_close_of_an_idle_connection_is_a_FIN()
    {
        await using RealServer server = await RealServer.StartAsync();
        Socket client = await server.ConnectAsync();
        IChannel channel = await server.AcceptedAsync();

        await Within.Reached(channel.CloseAsync());

        Assert.Empty(await client.ReceiveToEndAsync());
    }

    [Fact]
    public async Task The_end_of_the_loops_is_a_FIN_too()
    {
        RealServer server = await RealServer.StartAsync(static () => new Lambda { OnRead = static (context, message) => context.WriteAndFlushAsync(message) });
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await Within.Reached(client.ConnectAsync(server.Address));
        await client.SendTextAsync("hello");
        await client.ReceiveTextAsync(5);

        await server.DisposeAsync();

        Assert.Empty(await client.ReceiveToEndAsync());
    }

    [Fact]
    public async Task A_reset_while_reading_is_told_and_ends_the_channel()
    {
        await using RealServer server = await RealServer.StartAsync(() => _recorder);
        Socket client = await server.ConnectAsync();
        await server.AcceptedAsync();
        await client.SendTextAsync("hello");

        client.Reset();
        await Within.Reached(_recorder.Ended.Task);

        Assert.Equal(SocketError.ConnectionReset, ((SocketException)_recorder.Exceptions.Single()).SocketErrorCode);
        Assert.Contains("Inactive", _recorder.Events);
    }

    [Fact]
    public async Task A_reset_while_paused_is_found_by_the_next_write()
    {
        await using RealServer server = await RealServer.StartAsync(() => _recorder, configure: static b => b.ChildOption(ChannelOption.AutoRead, false));
        Socket client = await server.ConnectAsync();
        IChannel channel = await server.AcceptedAsync();
        client.Reset();

        Task ended = _recorder.Ended.Task;
        while (!ended.IsCompleted)
        {
            await Task.WhenAny(channel.WriteAndFlushAsync(ScriptedChannel.Bytes("anybody?"))).WaitAsync(Within.Guard);
        }

        Assert.False(channel.Open);
    }

    [Fact]
    public async Task A_reset_while_writing_fails_what_waits_and_ends_the_channel()
    {
        await using RealServer server = await RealServer.StartAsync(() => _recorder);
        Socket client = await server.ConnectAsync();
        IChannel channel = await server.AcceptedAsync();
        Task write = channel.WriteAndFlushAsync(ScriptedChannel.Bytes(8_000_000));
        await client.ReceiveTextAsync(1000);

        client.Reset();

        await Assert.ThrowsAsync<ClosedChannelException>(() => Within.Reached(write));
        await Within.Reached(_recorder.Ended.Task);
    }

    [Fact]
    public async Task A_peer_that_does_not_read_makes_the_channel_not_writable_until_it_does()
    {
        var writable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _recorder.OnWritability = context =>
        {
            if (context.Channel.IsWritable)
            {
                writable.TrySetResult();
            }
        };
        await using RealServer server = await RealServer.StartAsync(() => _recorder);
        Socket client = await server.ConnectAsync();
        IChannel channel = await server.AcceptedAsync();

        Task write = channel.WriteAndFlushAsync(ScriptedChannel.Bytes(8_000_000));
        bool before = channel.IsWritable;
        await client.ReceiveTextAsync(8_000_000);
        await Within.Reached(write);
        await Within.Reached(writable.Task);

        Assert.False(before);
        Assert.True(channel.IsWritable);
    }

    [Fact]
    public async Task A_reply_after_the_clients_FIN_arrives_where_half_closure_is_allowed()
    {
        _recorder.OnUserEvent = static (context, _) => context.WriteAndFlushAsync(ScriptedChannel.Bytes("reply")).ContinueWith(_ => context.CloseAsync());
        await using RealServer server = await RealServer.StartAsync(() => _recorder, configure: static b => b.ChildOption(ChannelOption.AllowHalfClosure, true));
        Socket client = await server.ConnectAsync();

        client.Shutdown(SocketShutdown.Send);
        byte[] reply = await client.ReceiveToEndAsync();

        Assert.Equal("reply", Encoding.ASCII.GetString(reply));
        Assert.Contains("Event ChannelInputShutdownEvent", _recorder.Events);
    }

    [Fact]
    public async Task Shutting_the_output_down_is_a_FIN_and_receiving_goes_on()
    {
        await using RealServer server = await RealServer.StartAsync(() => _recorder);
        Socket client = await server.ConnectAsync();
        var channel = (TcpSocketChannel)await server.AcceptedAsync();

        _ = channel.WriteAndFlushAsync(ScriptedChannel.Bytes("all"));
        await Within.Reached(channel.ShutdownOutputAsync());
        byte[] received = await client.ReceiveToEndAsync();
        await client.SendTextAsync("answer");
        client.Shutdown(SocketShutdown.Send);
        await Within.Reached(_recorder.Ended.Task);

        Assert.Equal("all", Encoding.ASCII.GetString(received));
        Assert.Contains("Read answer", _recorder.Events);
    }

    [Fact]
    public async Task A_paused_channel_takes_nothing_and_a_read_takes_one_receive()
    {
        await using RealServer server = await RealServer.StartAsync(() => _recorder, configure: static b => b.ChildOption(ChannelOption.AutoRead, false));
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _recorder.OnReadComplete = _ => read.TrySetResult();
        Socket client = await server.ConnectAsync();
        IChannel channel = await server.AcceptedAsync();
        await client.SendTextAsync("hello");
        await Within.Reached(channel.EventLoop.SubmitAsync(static () => 0));
        string[] paused = _recorder.Take();

        channel.Read();
        await Within.Reached(read.Task);

        Assert.DoesNotContain(paused, static name => name.StartsWith("Read", StringComparison.Ordinal));
        Assert.Equal(["Read hello", "ReadComplete"], _recorder.Events);
    }

    [Fact]
    public async Task A_socket_its_owner_disposed_is_told_and_ends_the_channel()
    {
        await using RealServer server = await RealServer.StartAsync();
        Socket client = await server.ConnectAsync();
        var channel = new TcpSocketChannel(client);
        channel.Pipeline.AddLast(_recorder);
        await Within.Reached(server.Group.RegisterAsync(channel));

        client.Dispose();
        await Within.Reached(_recorder.Ended.Task);

        Assert.NotEmpty(_recorder.Exceptions);
        Assert.False(channel.Open);
    }

    [Fact]
    public async Task A_socket_disposed_while_paused_is_found_by_the_next_read()
    {
        await using RealServer server = await RealServer.StartAsync();
        Socket client = await server.ConnectAsync();
        var channel = new TcpSocketChannel(client);
        channel.Configuration.AutoRead = false;
        channel.Pipeline.AddLast(_recorder);
        await Within.Reached(server.Group.RegisterAsync(channel));

        client.Dispose();
        channel.Read();
        await Within.Reached(_recorder.Ended.Task);

        Assert.NotEmpty(_recorder.Exceptions);
    }

    [Fact]
    public async Task An_IPv4_peer_of_a_dual_stack_listener_is_shown_as_IPv4()
    {
        await using RealServer server = await RealServer.StartAsync();
        Socket client = await server.ConnectAsync();
        IChannel channel = await server.AcceptedAsync();

        Assert.Equal(client.LocalEndPoint, channel.RemoteAddress);
        Assert.Equal(client.RemoteEndPoint, channel.LocalAddress);
        Assert.Equal(AddressFamily.InterNetwork, ((IPEndPoint)server.Address).AddressFamily);
        Assert.True(((TcpSocketChannel)channel).Descriptor > 0);
    }

    [Fact]
    public async Task Every_socket_option_reads_back_what_was_set()
    {
        await using RealServer server = await RealServer.StartAsync();
        await server.ConnectAsync();
        IChannelConfiguration configuration = (await server.AcceptedAsync()).Configuration;

        Sets(ChannelOption.TcpNodelay, true);
        Sets(ChannelOption.TcpNodelay, false);
        Sets(ChannelOption.SoKeepalive, true);
        Sets(ChannelOption.SoLinger, 3);
        Sets(ChannelOption.SoLinger, -1);
        Sets(ChannelOption.SoReuseaddr, true);
        Sets(ChannelOption.AllowHalfClosure, true);
        Assert.True(configuration.SetOption(ChannelOption.SoSndbuf, 16 * 1024));
        Assert.True(configuration.SetOption(ChannelOption.SoRcvbuf, 16 * 1024));

        // The kernel doubles what it is asked for.
        Assert.InRange(configuration.GetOption(ChannelOption.SoSndbuf), 16 * 1024, 64 * 1024);
        Assert.InRange(configuration.GetOption(ChannelOption.SoRcvbuf), 16 * 1024, 64 * 1024);

        void Sets<T>(ChannelOption<T> option, T value)
        {
            Assert.True(configuration.SetOption(option, value));
            Assert.Equal(value, configuration.GetOption(option));
        }
    }

    [Fact]
    public async Task Many_connections_come_and_go_and_each_is_told_of_once()
    {
        var listener = new Counts();
        await using RealServer server = await RealServer.StartAsync(configure: b => b.Handler(new Claims(listener)));

        for (int i = 0; i < 200; i++)
        {
            Socket client = await server.ConnectAsync();
            IChannel channel = await server.AcceptedAsync();
            if (i % 2 == 0)
            {
                client.Reset();
            }
            else
            {
                client.Dispose();
            }

            await Within.Reached(channel.CloseCompletion);
        }

        Assert.Equal(200, listener.Told);
    }

    [Fact]
    public void A_derived_channel_reaches_its_socket()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        Assert.Same(socket, new Derived(socket).Below);
        Assert.Same(socket, new DerivedServer(socket).Below);
    }

    private sealed class Derived(Socket socket) : TcpSocketChannel(socket)
    {
        public Socket Below => Socket;
    }

    private sealed class DerivedServer(Socket socket) : TcpServerSocketChannel(socket)
    {
        public Socket Below => Socket;
    }

    private sealed class Claims(ICloseListener listener) : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            ((AbstractChannel)message).CloseListener = listener;
            context.FireChannelRead(message);
        }
    }

    private sealed class Counts : ICloseListener
    {
        private int _told;

        public int Told => _told;

        public void OnClosed(IChannel channel) => Interlocked.Increment(ref _told);
    }
}
