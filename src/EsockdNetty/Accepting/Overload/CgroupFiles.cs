namespace EsockdNetty.Accepting.Overload;

/// <summary>What a version of control groups calls its files. cgroups(7).</summary>
internal sealed record CgroupFiles(string FileSystem, string Usage, string Limit, byte[] CacheKey)
{
    public static readonly CgroupFiles Two = new("cgroup2", "memory.current", "memory.max", "inactive_file "u8.ToArray());

    public static readonly CgroupFiles One = new("cgroup", "memory.usage_in_bytes", "memory.limit_in_bytes", "total_inactive_file "u8.ToArray());
}
