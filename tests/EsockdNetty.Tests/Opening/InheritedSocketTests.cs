using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Opening;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Opening;

/// <summary>A listener at a listening socket that was handed in (<c>fd://3</c>).</summary>
public sealed class InheritedSocketTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unix").FullName;

    public static TheoryData<SocketTransport> Both => Transports.Both;

    private string SocketPath => Path.Combine(_folder, "s");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Both))]
    public async Task It_serves_there_and_tells_where_that_is(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, HandedInSocket.ListeningTcp());

        using Peer peer = await server.Connect();

        Assert.True(await peer.IsServed());
        Assert.StartsWith("tcp://127.0.0.1:", server.Listener.Address.ToString(), StringComparison.Ordinal);
        Assert.True(server.Listener.Address.IsInherited);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task With_TLS_every_connection_begins_with_a_handshake(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, HandedInSocket.ListeningTcp(), "ssl+fd", static options => options.Tls.Certificate = TestCertificates.Server);

        using Peer peer = await server.ConnectTls();

        Assert.True(await peer.IsServed());
        Assert.StartsWith("ssl://127.0.0.1:", server.Listener.Address.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Its_backlog_is_that_of_the_options_not_of_whoever_handed_it_in(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, HandedInSocket.ListeningTcp(), configure: static options => options.Socket.Backlog = 3);

        Assert.Equal(3, server.Listener.Statistics.BacklogLimit);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Who_connects_while_it_is_suspended_waits_and_is_served(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, HandedInSocket.ListeningTcp());

        await server.Listener.SuspendAsync();
        using Peer waiting = await server.Connect();
        await server.Listener.ResumeAsync();

        Assert.True(await waiting.IsServed());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Lost_it_listens_there_again(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, HandedInSocket.ListeningTcp());

        await server.Listener.ServerChannel.CloseAsync().WaitAsync(Eventually.Guard);
        using Peer waiting = await server.Connect();

        Assert.True(await waiting.IsServed());
        Eventually.Equal(1, () => (int)server.Listener.Statistics.Rebinds);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Closed_it_listens_no_more_and_cannot_be_opened_again(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, HandedInSocket.ListeningTcp());

        await server.Listener.CloseAsync();

        SocketException refused = await Assert.ThrowsAsync<SocketException>(server.Connect);
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        BindException thrown = await Assert.ThrowsAsync<BindException>(server.Listener.ReopenAsync);
        Assert.Contains("has been closed", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task The_file_of_a_unix_socket_is_left_to_whoever_made_it(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, HandedInSocket.Listening(new UnixDomainSocketEndPoint(SocketPath)));
        using (Peer peer = await server.Connect())
        {
            Assert.True(await peer.IsServed());
        }

        await server.Listener.CloseAsync();

        Assert.Equal($"unix://{SocketPath}", server.Listener.Address.ToString());
        Assert.True(File.Exists(SocketPath));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task An_open_that_fails_leaves_it_as_it_was(SocketTransport transport)
    {
        int number = HandedInSocket.ListeningTcp();
        await Assert.ThrowsAsync<ListenerOptionsException>(() => Open(transport, number, configure: static options => options.Socket.Raw.Add(new RawOption(6, 9999, 1))));

        await using OneListener server = await Open(transport, number);

        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task No_call_on_it_waits_and_no_child_inherits_it(SocketTransport transport)
    {
        int number = HandedInSocket.ListeningTcp();
        HandedInSocket.PassOn(number);
        await using OneListener server = await Open(transport, number);

        int accepting = ((IDescriptorChannel)server.Listener.ServerChannel).Descriptor;

        // Close-on-exec is the bit 02000000 of the flags.
        Assert.All([number, accepting], static descriptor => Assert.NotEqual(0, FlagsOf(descriptor) & 0x80000));
        Assert.NotEqual(0, FlagsOf(number) & 0x800);
    }

    [Fact]
    public async Task A_number_that_is_not_open_is_told() =>
        await Refused(1_000_000, "descriptor 1000000 is not open");

    [Fact]
    public async Task A_file_is_told()
    {
        using FileStream file = File.OpenRead("/dev/null");

        await Refused((int)file.SafeFileHandle.DangerousGetHandle(), "is no socket");
    }

    [Fact]
    public async Task A_datagram_socket_is_told()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

        await Refused((int)socket.SafeHandle.DangerousGetHandle(), "without streams");
    }

    [Fact]
    public async Task A_socket_that_does_not_listen_is_told()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        await Refused((int)socket.SafeHandle.DangerousGetHandle(), "does not listen");
    }

    [Fact]
    public async Task A_name_that_systemd_did_not_hand_in_is_told()
    {
        BindException thrown = await Assert.ThrowsAsync<BindException>(() => OneListener.Open(OneListener.Echo, static options => options.Address = "systemd://web"));

        Assert.StartsWith("Listeners:test:Address is systemd://web: no sockets were handed in", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_has_become_another_s_is_neither_used_nor_closed()
    {
        int number = HandedInSocket.ListeningTcp();
        int other = HandedInSocket.ListeningTcp();
        Assert.True(InheritedSocket.TryTake(number, out InheritedSocket? socket, out _));

        HandedInSocket.Replace(number, other);
        SocketException thrown = Assert.Throws<SocketException>(() => HandedInSocket.Close(socket.Duplicate()));
        socket.Dispose();

        Assert.Equal(SocketError.NotSocket, thrown.SocketErrorCode);
        HandedInSocket.Close(number);
        HandedInSocket.Close(other);
    }

    [Fact]
    public void It_is_one_and_no_more()
    {
        OptionFault fault = Assert.Single(new ListenerOptions("a", "fd://3") { Acceptors = 2 }.Validate());

        Assert.Equal("Listeners:a:Acceptors", fault.Option);
    }

    private static int FlagsOf(int descriptor) =>
        Convert.ToInt32(File.ReadLines($"/proc/self/fdinfo/{descriptor}").First(static line => line.StartsWith("flags:", StringComparison.Ordinal))[6..].Trim(), 8);

    private static async Task Refused(int number, string why)
    {
        BindException thrown = await Assert.ThrowsAsync<BindException>(() => Open(SocketTransport.Automatic, number));

        Assert.Contains(why, thrown.Message, StringComparison.Ordinal);
    }

    private static Task<OneListener> Open(SocketTransport transport, int number, string scheme = "fd", Action<ListenerOptions>? configure = null) => OneListener.Open(
        OneListener.Echo,
        options =>
        {
            options.Address = $"{scheme}://{number}";
            configure?.Invoke(options);
        },
        new SocketServerOptions { Transport = transport });
}
