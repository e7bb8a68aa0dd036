using System.Net.Sockets;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Opening;

/// <summary>The file of a unix listener: who may use it, and whose it is.</summary>
public sealed class UnixSocketFileTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = Owner | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly string _folder = Directory.CreateTempSubdirectory("unix").FullName;

    public static TheoryData<SocketTransport> Both => Transports.Both;

    private string SocketPath => Path.Combine(_folder, "s");

    private UnixFileMode Mode => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(SocketPath);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Both))]
    public async Task It_is_the_owners_alone_unless_somebody_says_otherwise(SocketTransport transport)
    {
        await using OneListener server = await Open(transport);

        Assert.Equal(Owner, Mode);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task It_has_every_permission_it_was_given_whatever_the_umask(SocketTransport transport)
    {
        await using OneListener server = await Open(transport, options => options.Socket.UnixMode = Everybody);

        Assert.Equal(Everybody, Mode);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Permissions_that_change_hold_at_once_and_after_a_resume(SocketTransport transport)
    {
        await using OneListener server = await Open(transport);

        server.Listener.Update(static options => options.Socket.UnixMode = Everybody);
        Eventually.Equal(Everybody, () => Mode);
        await server.Listener.SuspendAsync();
        await server.Listener.ResumeAsync();

        Assert.Equal(Everybody, Mode);
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task It_is_gone_when_the_listener_is_suspended_and_when_it_is_closed(SocketTransport transport)
    {
        await using OneListener server = await Open(transport);

        await server.Listener.SuspendAsync();
        bool suspended = File.Exists(SocketPath);
        await server.Listener.ResumeAsync();
        bool resumed = File.Exists(SocketPath);
        await server.Listener.CloseAsync();

        Assert.Equal((false, true, false), (suspended, resumed, File.Exists(SocketPath)));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task One_that_somebody_else_has_put_in_its_place_stays(SocketTransport transport)
    {
        await using OneListener old = await Open(transport);
        File.Delete(SocketPath);
        await using OneListener young = await Open(transport);

        await old.Listener.CloseAsync();

        using Peer peer = await young.Connect();
        Assert.True(await peer.IsServed());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_regular_file_in_its_place_stays(SocketTransport transport)
    {
        await using OneListener server = await Open(transport);
        File.Delete(SocketPath);
        await File.WriteAllTextAsync(SocketPath, "somebody's work");

        await server.Listener.CloseAsync();

        Assert.Equal("somebody's work", await File.ReadAllTextAsync(SocketPath));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_folder_that_went_away_does_not_hinder_the_close(SocketTransport transport)
    {
        await using OneListener server = await Open(transport);
        Directory.Delete(_folder, recursive: true);

        await server.Listener.CloseAsync().WaitAsync(Eventually.Guard);

        Assert.Equal(ListenerState.Closed, server.Listener.State);
        Directory.CreateDirectory(_folder);
    }

    [Fact]
    public void More_than_permissions_is_a_fault()
    {
        var options = new ListenerOptions("a", "unix:///x") { Socket = { UnixMode = Owner | UnixFileMode.SetUser } };

        Assert.Equal("Listeners:a:Socket:UnixMode", Assert.Single(options.Validate()).Option);
    }

    [Fact]
    public async Task Who_may_not_write_cannot_connect()
    {
        await using OneListener server = await Open(SocketTransport.Automatic, static options => options.Socket.UnixMode = UnixFileMode.UserRead);

        if (Environment.IsPrivilegedProcess)
        {
            // Root may everything.
            using Peer peer = await server.Connect();
            return;
        }

        SocketException thrown = await Assert.ThrowsAsync<SocketException>(server.Connect);
        Assert.Equal(SocketError.AccessDenied, thrown.SocketErrorCode);
    }

    private Task<OneListener> Open(SocketTransport transport, Action<ListenerOptions>? configure = null) => OneListener.Open(
        OneListener.Echo,
        options =>
        {
            options.Address = $"unix://{SocketPath}";
            configure?.Invoke(options);
        },
        new SocketServerOptions { Transport = transport });
}
