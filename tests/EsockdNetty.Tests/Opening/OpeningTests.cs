using System.Net;
using System.Net.Sockets;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Opening;

/// <summary>An open that fails leaves nothing behind: the same name opens again.</summary>
public abstract class OpeningTests : IAsyncDisposable
{
    private readonly LogLines _log = new();
    private readonly SocketServer _server;

    protected OpeningTests(SocketTransport transport) =>
        _server = new SocketServer(new SocketServerOptions { Loops = 1, Transport = transport, LoggerFactory = _log });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_port_in_use_is_told_and_nothing_is_left()
    {
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        holder.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        holder.Listen();
        string address = $"tcp://{holder.LocalEndPoint}";

        BindException thrown = await Assert.ThrowsAsync<BindException>(() => Open(address));
        holder.Dispose();

        Assert.Equal((SocketError.AddressAlreadyInUse, address), (thrown.Error, thrown.Address));
        Assert.StartsWith($"Listeners:a:Address is {address}: the port is in use", thrown.Message, StringComparison.Ordinal);
        Assert.IsType<SocketException>(thrown.InnerException);
        Assert.Empty(_server.Listeners);
        Assert.Equal(address, (await Open(address)).Address.ToString());
    }

    [Fact]
    public async Task A_port_of_our_own_is_in_use_too()
    {
        Listener first = await Open("tcp://127.0.0.1:0");

        BindException thrown = await Assert.ThrowsAsync<BindException>(() => Open(first.Address.ToString(), "b"));

        Assert.Equal(SocketError.AddressAlreadyInUse, thrown.Error);
        Assert.Single(_server.Listeners);
    }

    [Fact]
    public async Task An_unknown_host_is_told_and_nothing_is_left()
    {
        BindException thrown = await Assert.ThrowsAsync<BindException>(() => Open("tcp://no-such-host.invalid:0"));

        Assert.Equal(SocketError.HostNotFound, thrown.Error);
        Assert.Contains("the host name is unknown", thrown.Message, StringComparison.Ordinal);
        await Open("tcp://127.0.0.1:0");
    }

    [Fact]
    public async Task A_host_name_too_long_is_an_unknown_host()
    {
        string name = string.Join('.', Enumerable.Repeat(new string('a', 60), 5));

        BindException thrown = await Assert.ThrowsAsync<BindException>(() => Open($"tcp://{name}:0"));

        Assert.Equal(SocketError.HostNotFound, thrown.Error);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_told()
    {
        BindException thrown = await Assert.ThrowsAsync<BindException>(() => Open("tcp://192.0.2.1:0"));

        Assert.Equal(SocketError.AddressNotAvailable, thrown.Error);
        Assert.Contains("no such address", thrown.Message, StringComparison.Ordinal);
        await Open("tcp://127.0.0.1:0");
    }

    [Fact]
    public async Task A_bad_certificate_leaves_nothing()
    {
        var options = new ListenerOptions("a", "ssl://127.0.0.1:0") { Tls = { Certificate = CertificateSource.Pem("/nowhere/site.pem") } };

        await Assert.ThrowsAsync<ListenerOptionsException>(() => _server.OpenAsync(options, OneListener.Echo));
        options.Tls.Certificate = TestCertificates.Server;

        Listener listener = await _server.OpenAsync(options, OneListener.Echo);
        Assert.Equal([listener], _server.Listeners);
    }

    [Fact]
    public async Task A_host_name_is_resolved()
    {
        Listener listener = await Open("tcp://localhost:0");

        Assert.True(IPAddress.IsLoopback(Assert.IsType<IPEndPoint>(listener.Address.EndPoint).Address));
        using Peer peer = await Peer.Connect(listener);
        Assert.True(await peer.IsServed());
    }

    [Fact]
    public async Task IPv6_is_served()
    {
        Listener listener = await Open("tcp://[::1]:0");

        using Peer peer = await Peer.Connect(listener);

        Assert.True(await peer.IsServed());
        Assert.StartsWith("tcp://[::1]:", listener.Address.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_listener_tells_what_the_system_chose()
    {
        Listener listener = await Open("tcp://127.0.0.1:0");

        Assert.NotEqual(0, ((IPEndPoint)listener.Address.EndPoint).Port);
        Assert.Equal(("a", ListenerState.Running, 0), (listener.Name, listener.State, listener.ConnectionCount));
        Assert.Same(listener, _server.Find("a"));
    }

    [Fact]
    public async Task A_start_is_one_line_with_the_effective_values()
    {
        Listener listener = await Open("tcp://127.0.0.1:0");

        (LogLevel level, int id, string text) = Assert.Single(_log.All);
        Assert.Equal((LogLevel.Information, 100), (level, id));
        Assert.Contains($"Listener a listens on {listener.Address}: packet raw, max frame 1048576", text, StringComparison.Ordinal);
        Assert.Contains("idle 120 s, frame 10 s, send 30 s", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ssl://0.0.0.0:0", true)]
    [InlineData("ssl://127.0.0.1:0", false)]
    public async Task The_development_key_at_an_open_address_is_warned_of(string address, bool warned)
    {
        await _server.OpenAsync(new ListenerOptions("a", address) { Tls = { Certificate = TestCertificates.Server } }, OneListener.Echo);

        Assert.Equal(warned, _log.All.Any(line => line is { Level: LogLevel.Warning, Id: 103 }));
    }

    [Fact]
    public async Task A_backlog_that_the_system_cuts_is_warned_of()
    {
        await _server.OpenAsync(new ListenerOptions("a", "tcp://127.0.0.1:0") { Socket = { Backlog = int.MaxValue } }, OneListener.Echo);

        Assert.Equal(OperatingSystem.IsLinux(), _log.All.Any(line => line is { Level: LogLevel.Warning, Id: 104 }));
    }

    [Fact]
    public async Task The_socket_options_reach_the_connections()
    {
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new ListenerOptions("a", "tcp://127.0.0.1:0")
        {
            Socket = { NoDelay = false, KeepAlive = true },
            Limits = { WriteHighWaterMark = 2000, WriteLowWaterMark = 1000 },
        };
        Listener listener = await _server.OpenAsync(options, (session, _) =>
        {
            var socket = (DotNetty.Transport.Channels.Sockets.ISocketChannelConfiguration)session.Channel.Configuration;
            told.SetResult($"{socket.TcpNoDelay} {socket.KeepAlive} {socket.WriteBufferHighWaterMark} {socket.WriteBufferLowWaterMark} {socket.AllowHalfClosure}");
            return Task.CompletedTask;
        });

        using Peer peer = await Peer.Connect(listener);

        Assert.Equal("False True 2000 1000 True", await told.Task.WaitAsync(Eventually.Guard));
    }

    private Task<Listener> Open(string address, string name = "a") => _server.OpenAsync(new ListenerOptions(name, address), OneListener.Echo);

    public sealed class OnEpoll() : OpeningTests(SocketTransport.Epoll);

    public sealed class OnSockets() : OpeningTests(SocketTransport.Sockets);
}
