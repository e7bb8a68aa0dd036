using System.Buffers.Text;

namespace EsockdNetty.Accepting.Overload;

/// <summary>
/// The memory account of the control group that limits the process most: its own or one around it. What the kernel keeps of files and gives back by
/// itself (<c>inactive_file</c>) does not count, or a process that reads files would stand at its limit all the time.
/// </summary>
internal sealed class CgroupMemory : IMemoryProbe, IDisposable
{
    private readonly KernelFile _usage;
    private readonly KernelFile _limit;
    private readonly KernelFile? _stat;
    private readonly byte[] _cacheKey;

    private CgroupMemory(CgroupFiles names, string folder, KernelFile usage, KernelFile limit)
    {
        _usage = usage;
        _limit = limit;
        _stat = KernelFile.TryOpen(Path.Combine(folder, "memory.stat"));
        _cacheKey = names.CacheKey;
    }

    /// <summary>The account, or null where no group limits the process. <paramref name="root"/> is the file system's.</summary>
    public static CgroupMemory? TryOpen(string root)
    {
        CgroupMemory? tightest = null;
        foreach ((CgroupFiles names, string folder) in CgroupFolders.OfThisProcess(root))
        {
            CgroupMemory? group = TryOpen(names, folder);
            if (group?.Limit() is not { } limit || limit >= tightest?.Limit())
            {
                group?.Dispose();
                continue;
            }

            tightest?.Dispose();
            tightest = group;
        }

        return tightest;
    }

    public MemoryReading? Read() =>
        Number(_usage.Read()) is { } usage && Limit() is { } limit ? new MemoryReading(Math.Max(0, usage - Cache()), limit) : null;

    public void Dispose()
    {
        _usage.Dispose();
        _limit.Dispose();
        _stat?.Dispose();
    }

    private static CgroupMemory? TryOpen(CgroupFiles names, string folder)
    {
        KernelFile? usage = KernelFile.TryOpen(Path.Combine(folder, names.Usage));
        KernelFile? limit = KernelFile.TryOpen(Path.Combine(folder, names.Limit));
        if (usage is not null && limit is not null)
        {
            return new CgroupMemory(names, folder, usage, limit);
        }

        usage?.Dispose();
        limit?.Dispose();
        return null;
    }

    private static long? Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out long number, out _) ? number : null;

    // Unlimited is "max" in version 2 and, in version 1, the largest number of whole pages.
    private long? Limit() => Number(_limit.Read()) is { } limit and < long.MaxValue / 2 ? limit : null;

    private long Cache()
    {
        ReadOnlySpan<byte> stat = _stat is null ? [] : _stat.Read();
        foreach (Range line in stat.Split((byte)'\n'))
        {
            if (stat[line].StartsWith(_cacheKey))
            {
                return Number(stat[line][_cacheKey.Length..]) ?? 0;
            }
        }

        return 0;
    }
}
