using System.Net.Sockets;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

/// <summary>The file of a listening unix socket is changed and removed only while it is the one that was bound.</summary>
public sealed class SocketFileTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("file").FullName;

    private string SocketPath => Path.Combine(_folder, "s");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void It_is_removed()
    {
        using Socket socket = Bind();
        SocketFile file = Of(SocketPath);

        file.Remove();
        file.Remove();

        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public void It_has_the_permissions_it_is_given()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Socket socket = Bind();

        Of(SocketPath).Allow(Owner);

        Assert.Equal(Owner, File.GetUnixFileMode(SocketPath));
    }

    [Fact]
    public void One_that_somebody_else_has_put_in_its_place_is_neither_changed_nor_removed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Socket old = Bind();
        SocketFile file = Of(SocketPath);
        using Socket young = Replace(File.GetCreationTimeUtc(SocketPath));
        UnixFileMode mode = File.GetUnixFileMode(SocketPath);

        file.Allow(Owner ^ UnixFileMode.GroupExecute);
        file.Remove();

        Assert.True(File.Exists(SocketPath));
        Assert.Equal(mode, File.GetUnixFileMode(SocketPath));
    }

    [Fact]
    public void Whose_folder_went_away_is_no_fault()
    {
        using Socket socket = Bind();
        SocketFile file = Of(SocketPath);
        Directory.Delete(_folder, recursive: true);

        file.Allow(Owner);
        file.Remove();

        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public void A_path_is_the_one_it_was_when_it_was_bound()
    {
        using Socket socket = Bind();
        SocketFile file = Of(Path.GetRelativePath(Environment.CurrentDirectory, SocketPath));

        file.Remove();

        Assert.False(File.Exists(SocketPath));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\0abstract")]
    [InlineData("@abstract")]
    public void A_name_that_is_no_path_has_no_file(string? name) => Assert.Null(SocketFile.Of(name));

    private static SocketFile Of(string path) => SocketFile.Of(path) ?? throw new InvalidOperationException("no file");

    private Socket Bind()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(SocketPath));
        return socket;
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
                young = Bind();
                return File.GetCreationTimeUtc(SocketPath) != born;
            },
            Guard);
        Assert.True(isYounger);
        return young!;
    }
}
