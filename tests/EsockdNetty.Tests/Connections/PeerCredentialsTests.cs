using System.Runtime.InteropServices;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Connections;

/// <summary>Who is at the other end of a unix socket.</summary>
public sealed partial class PeerCredentialsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unix").FullName;

    public static TheoryData<SocketTransport> Both => Transports.Both;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_peer_on_a_unix_socket_is_known_by_process_user_and_group(SocketTransport transport)
    {
        (OneListener server, Task<Connection> accepted) = await Open(transport, $"unix://{_folder}/s");
        await using OneListener _ = server;
        using Peer peer = await server.Connect();

        Connection connection = await accepted.WaitAsync(Eventually.Guard);

        Assert.Equal(new PeerCredentials(Environment.ProcessId, UserId(), GroupId()), connection.PeerCredentials);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task It_is_known_after_the_close_too(SocketTransport transport)
    {
        (OneListener server, Task<Connection> accepted) = await Open(transport, $"unix://{_folder}/s");
        await using OneListener _ = server;
        using Peer peer = await server.Connect();
        Connection connection = await accepted.WaitAsync(Eventually.Guard);

        await connection.CloseAsync().WaitAsync(Eventually.Guard);

        Assert.Equal(Environment.ProcessId, connection.PeerCredentials?.ProcessId);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Nobody_is_known_by_them_on_TCP(SocketTransport transport)
    {
        (OneListener server, Task<Connection> accepted) = await Open(transport, "tcp://127.0.0.1:0");
        await using OneListener _ = server;
        using Peer peer = await server.Connect();

        Assert.Null((await accepted.WaitAsync(Eventually.Guard)).PeerCredentials);
    }

    private static async Task<(OneListener Server, Task<Connection> Accepted)> Open(SocketTransport transport, string address)
    {
        var accepted = new TaskCompletionSource<Connection>(TaskCreationOptions.RunContinuationsAsynchronously);
        OneListener server = await OneListener.OpenPipeline(
            pipeline => accepted.TrySetResult(Connection.Of(pipeline.Channel)),
            options => options.Address = address,
            new SocketServerOptions { Transport = transport });
        return (server, accepted.Task);
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint UserId();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint GroupId();
}
