namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// The file of a listening unix socket: its permissions, and its end, which comes only while it is still the one that was bound. Another
/// process may have removed it and put its own in its place.
/// </summary>
internal sealed class SocketFile
{
    private readonly string _path;
    private readonly DateTime _born;

    private SocketFile(string path)
    {
        _path = path;
        _born = Born(path);
    }

    private bool IsOurs => File.Exists(_path) && Born(_path) == _born;

    /// <summary>The file of a socket that was just bound there; null for a name that is no path.</summary>
    public static SocketFile? Of(string? path) =>
        string.IsNullOrEmpty(path) || path[0] is '\0' or '@' ? null : new SocketFile(Path.GetFullPath(path));

    public void Allow(UnixFileMode mode)
    {
        // The process's umask may have taken some of it away; where nothing is missing no path is followed to anywhere.
        if (!OperatingSystem.IsWindows() && IsOurs && File.GetUnixFileMode(_path) != mode)
        {
            File.SetUnixFileMode(_path, mode);
        }
    }

    /// <summary>Removes it before the descriptor is closed, so that nobody finds a socket on which nobody listens.</summary>
    public void Remove()
    {
        try
        {
            if (IsOurs)
            {
                File.Delete(_path);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Its folder went away, or is nobody's to write to any more: it stays, as after a crash.
        }
    }

    // When the file was made; where the file system does not keep that, when it was last written to, which a socket's file never is.
    private static DateTime Born(string path) => File.GetCreationTimeUtc(path);
}
