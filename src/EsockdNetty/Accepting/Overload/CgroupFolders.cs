namespace EsockdNetty.Accepting.Overload;

/// <summary>
/// The folders of the control groups that keep the process's memory account, innermost first, version 2 before 1. Where each hierarchy is mounted
/// stands in /proc/self/mountinfo, which part of it is ours in /proc/self/cgroup.
/// </summary>
internal static class CgroupFolders
{
    private const int RootField = 3;
    private const int MountPointField = 4;

    public static IEnumerable<(CgroupFiles Names, string Folder)> OfThisProcess(string root)
    {
        string[] groups = Lines(Path.Combine(root, "proc/self/cgroup"));
        string[] mounts = Lines(Path.Combine(root, "proc/self/mountinfo"));
        foreach (CgroupFiles names in (CgroupFiles[])[CgroupFiles.Two, CgroupFiles.One])
        {
            if (PathOf(groups, names) is { } path && MountOf(mounts, names) is { } mount)
            {
                foreach (string folder in Upwards(mount, path))
                {
                    yield return (names, Path.Combine(root, folder.TrimStart('/')));
                }
            }
        }
    }

    // "0::/path" in version 2, "4:memory:/path" in version 1.
    private static string? PathOf(string[] groups, CgroupFiles names) => groups
        .Select(static line => line.Split(':', 3))
        .FirstOrDefault(group => group.Length == 3 && (names == CgroupFiles.Two ? group[1].Length == 0 : group[1].Split(',').Contains("memory")))?[2];

    // "31 23 0:28 /root /mount/point options - type source super-options"
    private static (string Root, string Point)? MountOf(string[] mounts, CgroupFiles names)
    {
        foreach (string line in mounts)
        {
            string[] halves = line.Split(" - ", 2);
            string[] fields = halves[0].Split(' ');
            string[] type = halves[^1].Split(' ');
            if (halves.Length == 2 && fields.Length > MountPointField && type[0] == names.FileSystem
                && (names == CgroupFiles.Two || type[^1].Split(',').Contains("memory")))
            {
                return (fields[RootField], fields[MountPointField]);
            }
        }

        return null;
    }

    private static IEnumerable<string> Upwards((string Root, string Point) mount, string path)
    {
        // What is mounted may be a part of the hierarchy; a path outside of it can only mean that part itself.
        string root = mount.Root.TrimEnd('/');
        string inside = path.StartsWith(root + "/", StringComparison.Ordinal) ? path[root.Length..].TrimEnd('/') : "";
        for (; inside.Length > 0; inside = inside[..inside.LastIndexOf('/')])
        {
            yield return mount.Point + inside;
        }

        yield return mount.Point;
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
