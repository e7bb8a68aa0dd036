using System.Net.Sockets;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Opening;

/// <summary>Clients of a unix listener whose own sockets have names, which the listener cannot choose.</summary>
public sealed class NamedUnixClientTests : IDisposable
{
    private const string Place = "{folder}";
    private const int LongestPath = 108;

    private readonly string _folder = Directory.CreateTempSubdirectory("unix").FullName;

    /// <summary>A path and an abstract name a little longer than the listener's, and the longest there are of both.</summary>
    public static TheoryData<SocketTransport, string> Names()
    {
        var names = new TheoryData<SocketTransport, string>();
        foreach (SocketTransport transport in new[] { SocketTransport.Epoll, SocketTransport.Sockets })
        {
            names.Add(transport, Place + "/longer-than-the-listeners");
            names.Add(transport, Place + "/" + new string('n', LongestPath));
            names.Add(transport, "\0" + Place + "/abstract");
            names.Add(transport, "\0" + Place + "/" + new string('a', LongestPath));
        }

        return names;
    }

    private string SocketPath => Path.Combine(_folder, "s");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_client_with_a_name_longer_than_the_listeners_path_is_served(SocketTransport transport, string name)
    {
        await using OneListener server = await Open(transport, $"unix://{SocketPath}");

        await Serves(server.Listener, NameOf(name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_client_with_a_long_name_is_served_where_the_listening_socket_was_handed_in(SocketTransport transport, string name)
    {
        await using OneListener server = await Open(transport, $"fd://{HandedInSocket.Listening(new UnixDomainSocketEndPoint(SocketPath))}");

        await Serves(server.Listener, NameOf(name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_client_with_a_long_name_is_served_where_it_waited_to_be_accepted(SocketTransport transport, string name)
    {
        await using OneListener server = await Open(transport, $"fd://{HandedInSocket.Listening(new UnixDomainSocketEndPoint(SocketPath))}");
        await server.Listener.SuspendAsync();
        using Peer first = Peer.ConnectFrom(NameOf(name), server.Listener);
        using Peer second = Peer.ConnectFrom(new UnixName(SocketPath + "2"), server.Listener);

        await server.Listener.ResumeAsync();

        Assert.True(await first.IsServed());
        Assert.True(await second.IsServed());
    }

    private static async Task Serves(Listener listener, UnixName name)
    {
        using Peer named = Peer.ConnectFrom(name, listener);
        bool served = await named.IsServed();

        Assert.True(served);
        Assert.Equal(name.ToString(), Assert.Single(listener.Connections).PeerAddress?.ToString());
        using Peer nameless = await Peer.Connect(listener);
        Assert.True(await nameless.IsServed());
    }

    // The folder's name is not the same twice, so that no two runs want one abstract name.
    private UnixName NameOf(string name)
    {
        string whole = name.Replace(Place, _folder, StringComparison.Ordinal);
        return new UnixName(whole[..Math.Min(whole.Length, LongestPath)]);
    }

    private static Task<OneListener> Open(SocketTransport transport, string address) =>
        OneListener.Open(OneListener.Echo, options => options.Address = address, new SocketServerOptions { Transport = transport });
}
