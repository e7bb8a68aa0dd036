using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Opening;

/// <summary>What a listener's <see cref="SocketOptions"/> do to its sockets, on either transport.</summary>
public sealed class SocketOptionsOnSocketsTests
{
    public static TheoryData<SocketTransport, string> Places => new()
    {
        { SocketTransport.Epoll, "tcp://127.0.0.1:0" },
        { SocketTransport.Epoll, "tcp://[::1]:0" },
        { SocketTransport.Sockets, "tcp://127.0.0.1:0" },
        { SocketTransport.Sockets, "tcp://[::1]:0" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_connection_has_every_option_that_the_listener_was_given(SocketTransport transport, string address)
    {
        var accepted = new TaskCompletionSource<IChannel>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using OneListener server = await OneListener.OpenPipeline(
            pipeline => accepted.TrySetResult(pipeline.Channel),
            options => Give(options, address),
            new SocketServerOptions { Transport = transport });

        using Peer peer = await server.Connect();
        await peer.Send(1);
        IChannelConfiguration socket = (await accepted.Task.WaitAsync(Eventually.Guard)).Configuration;

        Assert.True(socket.GetOption(ChannelOption.SoKeepalive));
        Assert.Equal(TimeSpan.FromSeconds(60), socket.GetOption(ChannelOption.TcpKeepIdle));
        Assert.Equal((60, 10, 3), (GetInt(socket, 6, 4), GetInt(socket, 6, 5), GetInt(socket, 6, 6)));
        Assert.Equal(TimeSpan.FromMilliseconds(30_001), socket.GetOption(ChannelOption.TcpUserTimeout));
        Assert.Equal(0, socket.GetOption(ChannelOption.SoLinger));
        Assert.Equal((99, 0x88), (socket.GetOption(ChannelOption.IpTtl), socket.GetOption(ChannelOption.IpTos)));
        Assert.Equal(6, GetInt(socket, 1, 12));

        // Inherited from the listening socket.
        Assert.Equal(77, GetInt(socket, 6, 25));
    }

    [Theory]
    [InlineData(SocketTransport.Epoll)]
    [InlineData(SocketTransport.Sockets)]
    public async Task A_listener_that_defers_accepts_a_silent_connection_after_one_that_speaks(SocketTransport transport)
    {
        var accepted = System.Threading.Channels.Channel.CreateUnbounded<string>();
        await using OneListener server = await OneListener.OpenPipeline(
            pipeline => accepted.Writer.TryWrite(pipeline.Channel.RemoteAddress.ToString()!),
            static options => options.Socket.DeferAccept = TimeSpan.FromSeconds(60),
            new SocketServerOptions { Transport = transport });
        using Peer silent = await server.Connect();
        using Peer speaking = await server.Connect();

        await speaking.Send(1);
        string first = await accepted.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Guard);
        await silent.Send(1);
        string second = await accepted.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Guard);

        Assert.Equal((speaking.LocalAddress.ToString(), silent.LocalAddress.ToString()), (first, second));
    }

    [Theory]
    [InlineData(SocketTransport.Epoll, RawOptionTarget.Connections)]
    [InlineData(SocketTransport.Epoll, RawOptionTarget.ListeningSocket)]
    [InlineData(SocketTransport.Sockets, RawOptionTarget.Connections)]
    [InlineData(SocketTransport.Sockets, RawOptionTarget.ListeningSocket)]
    public async Task A_listener_does_not_open_with_an_option_that_the_system_refuses(SocketTransport transport, RawOptionTarget target)
    {
        await using var server = new SocketServer(new SocketServerOptions { Transport = transport, Loops = 1 });
        var options = new ListenerOptions("a", "tcp://127.0.0.1:0")
        {
            Socket = { Raw = { new RawOption(6, 9999, 1) { Target = target }, new RawOption(6, 4, 0) { Target = target } } },
        };

        ListenerOptionsException thrown = await Assert.ThrowsAsync<ListenerOptionsException>(() => server.OpenAsync(options, OneListener.Echo));
        options.Socket.Raw.Clear();
        await server.OpenAsync(options, OneListener.Echo);

        Assert.Equal(["Listeners:a:Socket:Raw", "Listeners:a:Socket:Raw"], thrown.Faults.Select(static fault => fault.Option));
        Assert.Contains("(6, 9999) = 01000000", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SocketTransport.Epoll)]
    [InlineData(SocketTransport.Sockets)]
    public async Task Options_that_change_hold_for_the_listening_socket_and_for_newcomers(SocketTransport transport)
    {
        var accepted = System.Threading.Channels.Channel.CreateUnbounded<IChannel>();
        await using OneListener server = await OneListener.OpenPipeline(
            pipeline => accepted.Writer.TryWrite(pipeline.Channel), server: new SocketServerOptions { Transport = transport });
        using Peer first = await server.Connect();
        IChannel old = await accepted.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Guard);
        int before = old.Configuration.GetOption(ChannelOption.IpTtl);

        server.Listener.Update(static options =>
        {
            options.Socket.KeepAlive = true;
            options.Socket.KeepAliveCount = 5;
            options.Socket.Ttl = 98;
        });
        using Peer second = await server.Connect();
        IChannel newcomer = await accepted.Reader.ReadAsync().AsTask().WaitAsync(Eventually.Guard);

        Assert.Equal((5, 98), (newcomer.Configuration.GetOption(ChannelOption.TcpKeepCnt), newcomer.Configuration.GetOption(ChannelOption.IpTtl)));
        Assert.Equal((before, false), (old.Configuration.GetOption(ChannelOption.IpTtl), old.Configuration.GetOption(ChannelOption.SoKeepalive)));
        Eventually.Equal(98, () => server.Listener.ServerChannel.Configuration.GetOption(ChannelOption.IpTtl));
    }

    [Fact]
    public async Task A_change_that_the_system_refuses_changes_nothing()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo);

        ListenerOptionsException thrown = Assert.Throws<ListenerOptionsException>(() => server.Listener.Update(static options =>
        {
            options.Socket.Ttl = 98;
            options.Socket.Raw.Add(new RawOption(6, 9999, 1));
        }));

        Assert.Equal("Listeners:test:Socket:Raw", Assert.Single(thrown.Faults).Option);
        Assert.Null(server.Listener.Options.Socket.Ttl);
    }

    [Fact]
    public async Task A_unix_listener_inherits_what_its_sockets_have()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock");
        var general = new SocketServerOptions { ListenerDefaults = { Socket = { KeepAlive = true, KeepAliveCount = 4, SendBufferSize = 8192 } } };

        await using OneListener server = await OneListener.Open(OneListener.Echo, options => options.Address = $"unix://{path}", general);

        SocketOptions effective = server.Listener.Options.Socket;
        Assert.Equal((false, null, 8192), (effective.KeepAlive, effective.KeepAliveCount, effective.SendBufferSize));
    }

    [Fact]
    public async Task Raw_options_of_the_socket_are_taken_on_a_unix_listener()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock");
        var accepted = new TaskCompletionSource<IChannel>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using OneListener server = await OneListener.OpenPipeline(
            pipeline => accepted.TrySetResult(pipeline.Channel),
            options =>
            {
                options.Address = $"unix://{path}";
                options.Socket.Raw.Add(new RawOption(1, 12, 5));
            });

        using Peer peer = await server.Connect();

        Assert.Equal(5, GetInt((await accepted.Task.WaitAsync(Eventually.Guard)).Configuration, 1, 12));
    }

    [Fact]
    public async Task A_buffer_that_the_system_cuts_is_a_warning_that_names_the_setting()
    {
        var log = new LogLines();
        await using var server = new SocketServer(new SocketServerOptions { Loops = 1, LoggerFactory = log });

        await server.OpenAsync(new ListenerOptions("a", "tcp://127.0.0.1:0") { Socket = { SendBufferSize = int.MaxValue, ReceiveBufferSize = 4096 } }, OneListener.Echo);

        // A container may not see the setting, and is told nothing then.
        string[] cuts = [.. log.All.Where(static line => line.Id == 119).Select(static line => line.Text)];
        Assert.Equal(File.Exists("/proc/sys/net/core/wmem_max") ? 1 : 0, cuts.Length);
        Assert.All(cuts, static cut => Assert.Contains("cuts Socket:SendBufferSize from 2147483647", cut, StringComparison.Ordinal));
    }

    private static void Give(ListenerOptions options, string address)
    {
        options.Address = address;
        options.Socket.KeepAlive = true;
        options.Socket.KeepAliveIdle = TimeSpan.FromSeconds(59.5);
        options.Socket.KeepAliveInterval = TimeSpan.FromSeconds(10);
        options.Socket.KeepAliveCount = 3;
        options.Socket.UserTimeout = TimeSpan.FromMilliseconds(30_000.5);
        options.Socket.Linger = TimeSpan.Zero;
        options.Socket.DeferAccept = TimeSpan.FromSeconds(30);
        options.Socket.QuickAck = true;
        options.Socket.FastOpen = KernelTakesFastOpen ? 16 : null;
        options.Socket.Ttl = 99;
        options.Socket.Tos = 0x88;
        options.Socket.Raw.Add(new RawOption(1, 12, 6));

        // TCP_NOTSENT_LOWAT.
        options.Socket.Raw.Add(new RawOption(6, 25, 77) { Target = RawOptionTarget.ListeningSocket });
    }

    private static bool KernelTakesFastOpen =>
        File.Exists("/proc/sys/net/ipv4/tcp_fastopen") && (int.Parse(File.ReadAllText("/proc/sys/net/ipv4/tcp_fastopen")) & 2) != 0;

    private static int GetInt(IChannelConfiguration socket, int level, int name) => socket.GetOption(RawSocketOption.Int(level, name));
}
