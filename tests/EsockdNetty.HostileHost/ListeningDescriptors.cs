using System.Runtime.InteropServices;

namespace EsockdNetty.HostileHost;

/// <summary>The mistake of a neighbour in the process: it closes the listening sockets by their numbers, and uses the numbers itself.</summary>
internal static partial class ListeningDescriptors
{
    private const int SocketLevel = 1;
    private const int AcceptsConnections = 30;
    private const int Domain = 39;
    private const int Unix = 1;

    private static readonly List<int> Taken = [];

    /// <summary>Closes every listening socket; the numbers become files of somebody else's, or stay free.</summary>
    public static void Lose(bool reuse)
    {
        using FileStream file = File.OpenRead("/dev/zero");
        foreach (int descriptor in Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(static path => int.Parse(Path.GetFileName(path))).Where(Listens).ToArray())
        {
            if (!reuse)
            {
                _ = Close(descriptor);
            }
            else if (Duplicate((int)file.SafeFileHandle.DangerousGetHandle(), descriptor) == descriptor)
            {
                Taken.Add(descriptor);
            }
        }
    }

    /// <summary>How many of the numbers that were taken are still what they became.</summary>
    public static int Kept() => Taken.Count(static descriptor => new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget == "/dev/zero");

    private static bool Listens(int descriptor)
    {
        // The runtime's own, for its diagnostics, is a unix socket.
        uint length = sizeof(int);
        return GetOption(descriptor, SocketLevel, AcceptsConnections, out int listens, ref length) == 0 && listens == 1
            && GetOption(descriptor, SocketLevel, Domain, out int domain, ref length) == 0 && domain != Unix;
    }

    [LibraryImport("libc", EntryPoint = "getsockopt")]
    private static partial int GetOption(int socket, int level, int name, out int value, ref uint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int from, int to);
}
