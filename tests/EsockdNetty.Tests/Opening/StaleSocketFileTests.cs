using System.Net;
using System.Net.Sockets;
using EsockdNetty.Opening;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Opening;

/// <summary>Which file in the way of a unix listener is removed, and which is not.</summary>
public sealed class StaleSocketFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stale").FullName;

    private string SocketPath => Path.Combine(_folder, "s");

    private UnixDomainSocketEndPoint EndPoint => new(SocketPath);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_socket_on_which_nobody_listens_is_removed()
    {
        LeaveStale(SocketPath);

        StaleSocketFile.Remove(EndPoint);

        Assert.False(Exists(SocketPath));
    }

    [Fact]
    public void A_socket_on_which_somebody_listens_stays()
    {
        using Socket listening = Listen(SocketPath);

        StaleSocketFile.Remove(EndPoint);

        Assert.True(Exists(SocketPath));
    }

    [Fact]
    public void A_socket_whose_backlog_is_full_stays()
    {
        using Socket listening = Listen(SocketPath, backlog: 0);
        using Socket first = NewSocket();
        first.Connect(EndPoint);

        StaleSocketFile.Remove(EndPoint);

        Assert.True(Exists(SocketPath));
    }

    [Fact]
    public void A_socket_for_datagrams_stays()
    {
        using var datagrams = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        datagrams.Bind(EndPoint);

        StaleSocketFile.Remove(EndPoint);

        Assert.True(Exists(SocketPath));
    }

    [Fact]
    public void A_regular_file_stays()
    {
        File.WriteAllText(SocketPath, "somebody's work");

        StaleSocketFile.Remove(EndPoint);

        Assert.Equal("somebody's work", File.ReadAllText(SocketPath));
    }

    [Fact]
    public void A_folder_stays()
    {
        Directory.CreateDirectory(SocketPath);

        StaleSocketFile.Remove(EndPoint);

        Assert.True(Directory.Exists(SocketPath));
    }

    [Fact]
    public void A_link_to_a_stale_socket_stays_and_so_does_that()
    {
        string stale = Path.Combine(_folder, "stale");
        LeaveStale(stale);
        File.CreateSymbolicLink(SocketPath, stale);

        StaleSocketFile.Remove(EndPoint);

        Assert.Equal((true, true), (Exists(SocketPath), Exists(stale)));
    }

    [Fact]
    public void Where_nothing_stands_nothing_happens()
    {
        StaleSocketFile.Remove(EndPoint);
        StaleSocketFile.Remove(new UnixDomainSocketEndPoint(Path.Combine(_folder, "no", "folder")));

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void An_address_that_is_no_path_is_nobody_s_file()
    {
        StaleSocketFile.Remove(new IPEndPoint(IPAddress.Loopback, 1));
        StaleSocketFile.Remove(new UnixDomainSocketEndPoint("\0stale"));

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void One_that_another_server_puts_in_its_place_meanwhile_stays()
    {
        LeaveStale(SocketPath);
        DateTime born = File.GetCreationTimeUtc(SocketPath);
        Socket? young = null;

        StaleSocketFile.Remove(EndPoint, _ =>
        {
            young = Replace(born);
            return true;
        });

        using Socket living = Assert.IsType<Socket>(young);
        Assert.True(Exists(SocketPath));
        using Socket client = NewSocket();
        client.Connect(EndPoint);
    }

    // A file system's clock has its ticks: within one of them two files cannot be told apart.
    private Socket Replace(DateTime born)
    {
        Socket? young = null;
        bool isYounger = SpinWait.SpinUntil(
            () =>
            {
                young?.Dispose();
                File.Delete(SocketPath);
                young = Listen(SocketPath);
                return File.GetCreationTimeUtc(SocketPath) != born;
            },
            Eventually.Guard);
        Assert.True(isYounger);
        return young!;
    }

    // Disposed, a socket removes the file it was bound to: that has another name by then.
    private static void LeaveStale(string path)
    {
        using Socket socket = Listen($"{path}.bound");
        File.Move($"{path}.bound", path);
    }

    private static Socket Listen(string path, int backlog = 10)
    {
        Socket socket = NewSocket();
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen(backlog);
        return socket;
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private static bool Exists(string path) => File.Exists(path) || new FileInfo(path).LinkTarget is not null;
}
