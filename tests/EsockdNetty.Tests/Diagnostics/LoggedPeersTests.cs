using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using EsockdNetty.Accepting;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Diagnostics;

/// <summary>A client on a unix socket chooses its own name: whatever it is, it neither ends a log's line nor is missing in it.</summary>
public sealed class LoggedPeersTests : IDisposable
{
    private const string Forged = "a\ncrit: Server[0] forged line";
    private const string Escaped = @"a\u000acrit: Server[0] forged line";

    private const string Server = "a server with a longer name than its clients have";

    private readonly string _folder = Directory.CreateTempSubdirectory("peers").FullName;
    private readonly LogLines _log = new();

    public static TheoryData<SocketTransport, string?> Peers => new()
    {
        { SocketTransport.Epoll, Forged },
        { SocketTransport.Sockets, Forged },
        { SocketTransport.Epoll, null },
        { SocketTransport.Sockets, null },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task A_refused_one_is_named_in_one_line(SocketTransport transport, string? name)
    {
        await using (OneListener server = await Open(transport, static options => options.Access.Add("deny unix")))
        {
            using Socket client = Connect(name);
            Eventually.Equal(1, () => server.Listener.Statistics.Refused.GetValueOrDefault(RefusalReason.AccessDenied));
        }

        AssertNames(200, name);
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task One_whose_handler_fails_is_named_in_one_line(SocketTransport transport, string? name)
    {
        await using (OneListener server = await Open(transport))
        {
            using Socket client = Connect(name);
            client.Send([42]);
            Eventually.Equal(1, () => _log.All.Count(static line => line.Id == 241));
        }

        AssertNames(241, name);
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task One_that_is_listed_is_named_in_one_line(SocketTransport transport, string? name)
    {
        await using OneListener server = await Open(transport);
        using Socket client = Connect(name);
        Eventually.Equal(1, () => server.Listener.Connections.Count());

        string[] texts = [.. server.Listener.Connections.SelectMany(static connection => new[] { connection.ToString(), connection.Channel.ToString()! })];

        Assert.All(texts, text => Assert.Contains(Shown(name), text, StringComparison.Ordinal));
    }

    private static string Shown(string? name) => name is null ? "an unnamed unix socket" : Escaped;

    private void AssertNames(int id, string? name)
    {
        string text = Assert.Single(_log.All, line => line.Id == id).Text;
        Assert.Contains(Shown(name), text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text);
    }

    private Task<OneListener> Open(SocketTransport transport, Action<ListenerOptions>? configure = null) => OneListener.OpenPipeline(
        static pipeline => pipeline.AddLast(new Failing()),
        options =>
        {
            options.Address = $"unix://{Path.Combine(_folder, Server)}";
            configure?.Invoke(options);
        },
        new SocketServerOptions { Transport = transport, LoggerFactory = _log });

    private Socket Connect(string? name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        if (name is not null)
        {
            socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, name)));
        }

        socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(_folder, Server)));
        return socket;
    }

    private sealed class Failing : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            ((IByteBuffer)message).Release();
            throw new InvalidOperationException("on purpose");
        }
    }
}
