using System.Security.Authentication;
using DotNetty.Handlers.Tls;
using EsockdNetty.Accepting;
using EsockdNetty.Codecs;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Options;

public sealed class ListenerOptionsTests
{
    public static TheoryData<string, Action<ListenerOptions>> Wrong => new()
    {
        { "Address", options => options.Address = "127.0.0.1:80" },
        { "Address", options => options.Address = null! },
        { "Packet", options => options.Packet = null! },
        { "Refusal", options => options.Refusal = null! },
        { "Acceptors", options => options.Acceptors = 0 },
        { "Acceptors", options => { options.Address = "unix:///tmp/socket"; options.Acceptors = 2; } },
        { "Refusal", options => { options.Address = "ssl://127.0.0.1:0"; options.Tls.Certificate = TestCertificates.Server; options.Refusal = Refusal.Bytes([1]); } },
        { "Limits:MaxConnections", options => options.Limits.MaxConnections = 0 },
        { "Limits:MaxPending", options => options.Limits.MaxPending = 0 },
        { "Limits:MaxFrame", options => options.Limits.MaxFrame = 0 },
        { "Limits:MaxFrame", options => options.Limits.MaxFrame = int.MaxValue },
        { "Limits:WriteLowWaterMark", options => options.Limits.WriteLowWaterMark = 0 },
        { "Limits:WriteHighWaterMark", options => options.Limits.WriteHighWaterMark = options.Limits.WriteLowWaterMark - 1 },
        { "Limits:MaxPendingWriteBytes", options => options.Limits.MaxPendingWriteBytes = options.Limits.WriteHighWaterMark - 1 },
        { "Limits:OverLimit", options => options.Limits.OverLimit = (OverLimit)9 },
        { "Limits:SlowConsumer", options => options.Limits.SlowConsumer = (SlowConsumerPolicy)9 },
        { "Timeouts:Idle", options => options.Timeouts.Idle = TimeSpan.Zero },
        { "Timeouts:Idle", options => options.Timeouts.Idle = TimeSpan.FromDays(25) },
        { "Timeouts:Idle", options => options.Timeouts.Idle = Timeout.InfiniteTimeSpan },
        { "Timeouts:Frame", options => options.Timeouts.Frame = TimeSpan.Zero },
        { "Timeouts:Handshake", options => options.Timeouts.Handshake = TimeSpan.FromSeconds(-1) },
        { "Timeouts:Send", options => options.Timeouts.Send = TimeSpan.Zero },
        { "Socket:Backlog", options => options.Socket.Backlog = 0 },
        { "Socket:ReceiveBufferSize", options => options.Socket.ReceiveBufferSize = 0 },
        { "Socket:SendBufferSize", options => options.Socket.SendBufferSize = -1 },
        { "Socket:KeepAliveIdle", options => options.Socket.KeepAliveIdle = TimeSpan.FromSeconds(60) },
        { "Socket:KeepAliveInterval", options => options.Socket.KeepAliveInterval = TimeSpan.FromSeconds(60) },
        { "Socket:KeepAliveCount", options => options.Socket.KeepAliveCount = 3 },
        { "Socket:KeepAliveIdle", options => { options.Socket.KeepAlive = true; options.Socket.KeepAliveIdle = TimeSpan.Zero; } },
        { "Socket:KeepAliveInterval", options => { options.Socket.KeepAlive = true; options.Socket.KeepAliveInterval = TimeSpan.FromSeconds(32_768); } },
        { "Socket:KeepAliveCount", options => { options.Socket.KeepAlive = true; options.Socket.KeepAliveCount = 128; } },
        { "Socket:UserTimeout", options => options.Socket.UserTimeout = TimeSpan.Zero },
        { "Socket:UserTimeout", options => options.Socket.UserTimeout = TimeSpan.FromDays(25) },
        { "Socket:Linger", options => options.Socket.Linger = TimeSpan.FromSeconds(3) },
        { "Socket:Linger", options => options.Socket.Linger = TimeSpan.FromSeconds(-1) },
        { "Socket:DeferAccept", options => options.Socket.DeferAccept = TimeSpan.Zero },
        { "Socket:DeferAccept", options => options.Socket.DeferAccept = TimeSpan.FromDays(1) },
        { "Socket:Ttl", options => options.Socket.Ttl = 0 },
        { "Socket:Ttl", options => options.Socket.Ttl = 256 },
        { "Socket:Tos", options => options.Socket.Tos = 256 },
        { "Socket:Tos", options => options.Socket.Tos = 2 },
        { "Socket:Raw", options => options.Socket.Raw.Add(null!) },
        { "Socket:Raw", options => options.Socket.Raw.Add(new RawOption(1, 12, 1) { Target = (RawOptionTarget)9 }) },
        { "Socket:Raw", options => { options.Socket.Raw.Add(new RawOption(1, 12, 1)); options.Socket.Raw.Add(new RawOption(1, 12, 2)); } },
        { "Socket:Raw", options => { options.Socket.UserTimeout = TimeSpan.FromSeconds(9); options.Socket.Raw.Add(new RawOption(6, 18, 9000)); } },
        { "Socket:Raw", options => options.Socket.Raw.Add(new RawOption(1, 13, [1, 0, 0, 0, 9, 0, 0, 0])) },
        { "Socket:KeepAlive", options => { options.Address = "unix:///tmp/a.sock"; options.Socket.KeepAlive = true; } },
        { "Socket:UserTimeout", options => { options.Address = "unix:///tmp/a.sock"; options.Socket.UserTimeout = TimeSpan.FromSeconds(9); } },
        { "Socket:Linger", options => { options.Address = "unix:///tmp/a.sock"; options.Socket.Linger = TimeSpan.Zero; } },
        { "Socket:QuickAck", options => { options.Address = "unix:///tmp/a.sock"; options.Socket.QuickAck = false; } },
        { "Socket:Ttl", options => { options.Address = "unix:///tmp/a.sock"; options.Socket.Ttl = 9; } },
        { "Tls:Certificate", options => options.Address = "ssl://127.0.0.1:0" },
        { "Tls:Protocols", options => options.Tls.Protocols = SslProtocols.None },
        { "Tls:Protocols", options => options.Tls.Protocols |= (SslProtocols)0x100000 },
        { "Tls:ClientCertificates", options => options.Tls.ClientCertificates = (ClientCertificateMode)9 },
        { "Tls:Alpn", options => options.Tls.Alpn.Add("") },
        { "Tls:Alpn", options => options.Tls.Alpn.Add(null!) },
        { "Tls:Alpn", options => options.Tls.Alpn.Add(new string('ä', 128)) },
    };

    [Fact]
    public void The_defaults_are_good() => Assert.Empty(new ListenerOptions("a", "tcp://127.0.0.1:0").Validate());

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_value_is_named_with_its_path_and_a_remedy(string option, Action<ListenerOptions> spoil)
    {
        var options = new ListenerOptions("mqtts", "tcp://127.0.0.1:0");
        spoil(options);

        OptionFault fault = Assert.Single(options.Validate());

        Assert.Equal($"Listeners:mqtts:{option}", fault.Option);
        Assert.NotEmpty(fault.Remedy);
        Assert.StartsWith($"{fault.Option} is {fault.Value ?? "not set"}: {fault.Remedy}", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_listener_has_a_name(string name) =>
        Assert.EndsWith(":Name", Assert.Single(new ListenerOptions(name, "tcp://127.0.0.1:0").Validate()).Option, StringComparison.Ordinal);

    [Fact]
    public void Neither_name_nor_address_is_null()
    {
        Assert.Throws<ArgumentNullException>(() => new ListenerOptions(null!, "tcp://127.0.0.1:0"));
        Assert.Throws<ArgumentNullException>(() => new ListenerOptions("a", null!));
    }

    [Fact]
    public async Task All_faults_are_told_together_with_path_value_and_remedy()
    {
        var options = new ListenerOptions("mqtts", "ssl:/127.0.0.1")
        {
            Limits = { MaxConnections = -5, MaxFrame = 0 },
            Timeouts = { Idle = TimeSpan.Zero },
            Socket = { Backlog = 0 },
        };
        await using var server = new SocketServer();

        ListenerOptionsException thrown = await Assert.ThrowsAsync<ListenerOptionsException>(() => server.OpenAsync(options, OneListener.Echo));

        string[] paths = [.. thrown.Faults.Select(fault => fault.Option["Listeners:mqtts:".Length..])];
        Assert.Equal(["Address", "Limits:MaxConnections", "Limits:MaxFrame", "Timeouts:Idle", "Socket:Backlog"], paths);
        Assert.Contains("Listeners:mqtts:Limits:MaxConnections is -5: use 1 or more", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(-5L, thrown.Faults[1].Value);
        Assert.Empty(server.Listeners);
    }

    [Fact]
    public async Task Files_and_values_are_told_together()
    {
        var options = new ListenerOptions("a", "ssl://127.0.0.1:0")
        {
            Limits = { MaxConnections = 0 },
            Tls = { Certificate = CertificateSource.Pem("/nowhere/a.pem"), ClientAuthorities = "/nowhere/ca.pem" },
        };
        await using var server = new SocketServer();

        ListenerOptionsException thrown = await Assert.ThrowsAsync<ListenerOptionsException>(() => server.OpenAsync(options, OneListener.Echo));

        Assert.Equal(
            ["Listeners:a:Limits:MaxConnections", "Listeners:a:Tls:Certificate", "Listeners:a:Tls:ClientAuthorities"],
            thrown.Faults.Select(fault => fault.Option));
    }

    [Fact]
    public async Task What_is_changed_after_the_opening_changes_nothing()
    {
        var options = new ListenerOptions("a", "ssl://127.0.0.1:0")
        {
            Packet = PacketType.One,
            Limits = { MaxConnections = 7, MaxFrame = 10 },
            Tls = { Certificate = TestCertificates.Server, Alpn = { "echo" } },
        };
        await using var server = new SocketServer(new SocketServerOptions { Loops = 1 });
        Listener listener = await server.OpenAsync(options, OneListener.Echo);

        options.Address = "tcp://127.0.0.1:0";
        options.Packet = PacketType.Four;
        options.Limits.MaxConnections = 1;
        options.Limits.MaxFrame = 1;
        options.Timeouts.Idle = TimeSpan.FromMilliseconds(1);
        options.Tls.Certificate = null;
        options.Tls.Alpn.Clear();

        Assert.Equal(7, listener.MaxConnections);
        using Peer peer = await Peer.ConnectTls(listener, tls => tls.ApplicationProtocols = [new("echo")]);
        await peer.Send(3, 1, 2, 3);
        Assert.Equal([3, 1, 2, 3], await peer.Receive(4));
        Assert.Equal("echo", peer.Tls.NegotiatedApplicationProtocol.ToString());
    }

    [Fact]
    public void A_fast_open_that_the_system_would_not_serve_is_a_fault()
    {
        var options = new ListenerOptions("a", "tcp://127.0.0.1:0") { Socket = { FastOpen = 0 } };

        string[] remedies = [.. options.Validate().Select(static fault => fault.Remedy)];

        bool serves = File.Exists("/proc/sys/net/ipv4/tcp_fastopen") && (int.Parse(File.ReadAllText("/proc/sys/net/ipv4/tcp_fastopen")) & 2) != 0;
        Assert.StartsWith("use 1 to ", remedies[0], StringComparison.Ordinal);
        Assert.Equal(serves ? [] : ["the system takes no data in a SYN: add 2 to net.ipv4.tcp_fastopen, or leave it out"], remedies[1..]);
    }

    [Fact]
    public void A_copy_has_raw_options_of_its_own()
    {
        byte[] value = [1, 2, 3, 4];
        var options = new ListenerOptions("a", "tcp://127.0.0.1:0") { Socket = { Raw = { new RawOption(1, 2, value) } } };

        ListenerOptions copy = options.Copy();
        options.Socket.Raw.Clear();
        value[0] = 9;

        Assert.Equal([1, 2, 3, 4], Assert.Single(copy.Socket.Raw).Value.ToArray());
    }

    [Fact]
    public async Task The_same_options_open_two_listeners_of_two_servers()
    {
        var options = new ListenerOptions("a", "tcp://127.0.0.1:0");
        await using var first = new SocketServer(new SocketServerOptions { Loops = 1 });
        await using var second = new SocketServer(new SocketServerOptions { Loops = 1 });

        Listener one = await first.OpenAsync(options, OneListener.Echo);
        Listener two = await second.OpenAsync(options, OneListener.Echo);

        Assert.NotEqual(one.Address, two.Address);
    }
}
