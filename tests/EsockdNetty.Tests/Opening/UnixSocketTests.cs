using System.Net.Sockets;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Opening;

public abstract class UnixSocketTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unix").FullName;

    protected abstract SocketTransport Transport { get; }

    private string SocketPath => System.IO.Path.Combine(_folder, "s");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_unix_socket_serves_and_its_file_goes_with_it()
    {
        await using (OneListener server = await Open())
        {
            using Peer peer = await server.Connect();
            Assert.True(await peer.IsServed());
            Assert.Equal($"unix://{SocketPath}", server.Listener.Address.ToString());
        }

        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public async Task A_file_that_a_dead_process_left_is_removed()
    {
        LeaveSocketFile(SocketPath);

        await using OneListener server = await Open();

        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());
    }

    [Fact]
    public async Task A_socket_on_which_somebody_listens_is_in_use()
    {
        await using OneListener first = await Open();

        BindException thrown = await Assert.ThrowsAsync<BindException>(Open);

        Assert.Equal(SocketError.AddressAlreadyInUse, thrown.Error);
        using Peer peer = await first.Connect();
        Assert.True(await peer.IsServed());
    }

    [Fact]
    public async Task A_socket_whose_backlog_is_full_is_in_use_too()
    {
        using var holder = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        holder.Bind(new UnixDomainSocketEndPoint(SocketPath));
        holder.Listen(1);
        List<Socket> waiting = FillBacklog();

        BindException thrown = await Assert.ThrowsAsync<BindException>(() => Open().WaitAsync(Eventually.Guard));

        Assert.Equal(SocketError.AddressAlreadyInUse, thrown.Error);
        waiting.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task A_file_that_is_no_socket_is_left_alone()
    {
        await File.WriteAllTextAsync(SocketPath, "somebody's work");

        BindException thrown = await Assert.ThrowsAsync<BindException>(Open);

        Assert.Equal(SocketError.AddressAlreadyInUse, thrown.Error);
        Assert.Equal("somebody's work", await File.ReadAllTextAsync(SocketPath));
    }

    [Fact]
    public async Task A_link_to_a_dead_socket_is_left_alone()
    {
        string real = System.IO.Path.Combine(_folder, "real");
        LeaveSocketFile(real);
        File.CreateSymbolicLink(SocketPath, real);

        await Assert.ThrowsAsync<BindException>(Open);

        Assert.True(File.Exists(SocketPath));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told()
    {
        BindException thrown = await Assert.ThrowsAsync<BindException>(() => Transport.Open(OneListener.Echo, options => options.Address = $"unix://{_folder}/nowhere/s"));

        Assert.Contains("/nowhere/s: there is no such folder", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_it_drains_its_path_is_free_and_the_newcomers_file_stays()
    {
        var busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var proceed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using OneListener old = await Transport.Open(
            async (_, _) =>
            {
                busy.SetResult();
                await proceed.Task;
            },
            options => options.Address = $"unix://{SocketPath}");
        using Peer peer = await old.Connect();
        await busy.Task.WaitAsync(Eventually.Guard);

        Task draining = old.Listener.DrainAsync(TimeSpan.FromMinutes(1));
        Eventually.Equal(false, () => File.Exists(SocketPath));
        await using OneListener young = await Open();
        proceed.SetResult();
        await draining.WaitAsync(Eventually.Guard);

        using Peer next = await young.Connect();
        Assert.True(await next.IsServed());
    }

    private Task<OneListener> Open() => Transport.Open(OneListener.Echo, options => options.Address = $"unix://{SocketPath}");

    // .NET removes the file of a socket that it disposes, so it is moved back and forth.
    private static void LeaveSocketFile(string path)
    {
        string elsewhere = path + ".kept";
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            socket.Listen();
            File.Move(path, elsewhere);
        }

        File.Move(elsewhere, path);
    }

    private List<Socket> FillBacklog()
    {
        var waiting = new List<Socket>();
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            waiting.Add(socket);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
            }
            catch (SocketException)
            {
                return waiting;
            }
        }
    }

    public sealed class OnEpoll : UnixSocketTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : UnixSocketTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
