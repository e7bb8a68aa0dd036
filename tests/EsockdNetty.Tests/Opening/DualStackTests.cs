using System.Net;
using System.Net.Sockets;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Opening;

/// <summary>Who reaches a listener at [::].</summary>
public sealed class DualStackTests
{
    // Not 127.0.0.1: there a client that is long gone may still have the port (TIME_WAIT).
    private static readonly IPAddress NobodysAddress = IPAddress.Parse("127.66.6.66");

    public static TheoryData<SocketTransport> Both => Transports.Both;

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_client_of_IPv4_reaches_it_and_is_shown_as_one(SocketTransport transport)
    {
        var accepted = new TaskCompletionSource<EndPoint>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using OneListener server = await Open(transport, pipeline => accepted.TrySetResult(pipeline.Channel.RemoteAddress));

        using Socket client = Connect(server, IPAddress.Loopback);

        Assert.Equal(client.LocalEndPoint, await accepted.Task.WaitAsync(Eventually.Guard));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_client_of_IPv6_reaches_it(SocketTransport transport)
    {
        var accepted = new TaskCompletionSource<EndPoint>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using OneListener server = await Open(transport, pipeline => accepted.TrySetResult(pipeline.Channel.RemoteAddress));

        using Socket client = Connect(server, IPAddress.IPv6Loopback);

        Assert.Equal(client.LocalEndPoint!.ToString(), (await accepted.Task.WaitAsync(Eventually.Guard)).ToString());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task One_for_IPv6_only_is_reached_by_IPv6_only(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, static _ => { }, static options => options.Socket.V6Only = true);

        using Socket client = Connect(server, IPAddress.IPv6Loopback);

        // Nothing of it is on IPv4: somebody else can have the port there.
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        holder.Bind(new IPEndPoint(NobodysAddress, Port(server)));
        Assert.Contains("::", server.Listener.Address.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task One_for_both_has_the_port_of_both(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, static _ => { }, static options => options.Socket.V6Only = false);

        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        SocketException thrown = Assert.Throws<SocketException>(() => other.Bind(new IPEndPoint(NobodysAddress, Port(server))));

        Assert.Equal(SocketError.AddressAlreadyInUse, thrown.SocketErrorCode);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_general_choice_for_IPv6_only_leaves_IPv4_listeners_alone(SocketTransport transport)
    {
        var general = new SocketServerOptions { Transport = transport, ListenerDefaults = { Socket = { V6Only = true } } };

        await using OneListener server = await OneListener.Open(OneListener.Echo, server: general);

        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());
    }

    [Theory]
    [InlineData("tcp://[::]:0", true)]
    [InlineData("ssl://[::1]:0", true)]
    [InlineData("tcp://localhost:0", true)]
    [InlineData("tcp://0.0.0.0:0", false)]
    [InlineData("unix:///x", false)]
    public void Only_an_IPv6_address_takes_the_option(string address, bool taken)
    {
        var options = new ListenerOptions("a", address) { Socket = { V6Only = true }, Tls = { Certificate = TestCertificates.Server } };

        string[] faults = [.. options.Validate().Select(static fault => fault.Option).Where(static option => option.EndsWith("V6Only", StringComparison.Ordinal))];

        Assert.Equal(taken ? [] : ["Listeners:a:Socket:V6Only"], faults);
    }

    [Fact]
    public void Its_number_is_not_taken()
    {
        var options = new ListenerOptions("a", "tcp://[::]:0") { Socket = { Raw = { new RawOption(41, 26, 1) { Target = RawOptionTarget.ListeningSocket } } } };

        OptionFault fault = Assert.Single(options.Validate());

        Assert.Contains("use Socket:V6Only", fault.ToString(), StringComparison.Ordinal);
    }

    private static Task<OneListener> Open(SocketTransport transport, PipelineInitializer pipeline, Action<ListenerOptions>? configure = null) => OneListener.OpenPipeline(
        pipeline,
        options =>
        {
            options.Address = "tcp://[::]:0";
            configure?.Invoke(options);
        },
        new SocketServerOptions { Transport = transport });

    private static int Port(OneListener server) => ((IPEndPoint)server.Listener.Address.EndPoint).Port;

    private static Socket Connect(OneListener server, IPAddress address)
    {
        var client = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(new IPEndPoint(address, Port(server)));
        return client;
    }
}
