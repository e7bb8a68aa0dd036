using EsockdNetty.Accepting.Overload;

namespace EsockdNetty.Tests.Accepting.Overload;

public sealed class CgroupMemoryTests : IDisposable
{
    private const string V2Mount = "31 23 0:28 / /sys/fs/cgroup rw,relatime - cgroup2 cgroup2 rw";

    private readonly string _root = Directory.CreateTempSubdirectory("cgroup").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Reads_the_nested_group_of_the_process()
    {
        Process("0::/system.slice/echo.service\n", V2Mount);
        Group("sys/fs/cgroup/system.slice/echo.service", current: 600, max: "1000");

        Assert.Equal(new MemoryReading(600, 1000), Read());
    }

    [Fact]
    public void What_the_kernel_keeps_of_files_and_gives_back_does_not_count()
    {
        Process("0::/a\n", V2Mount);
        Group("sys/fs/cgroup/a", current: 900, max: "1000", stat: "anon 500\nfile 400\ninactive_file 300\nactive_file 100\n");

        Assert.Equal(new MemoryReading(600, 1000), Read());
    }

    [Fact]
    public void The_tightest_group_around_the_process_is_the_one()
    {
        Process("0::/a/b\n", V2Mount);
        Group("sys/fs/cgroup/a/b", current: 10, max: "5000");
        Group("sys/fs/cgroup/a", current: 20, max: "1000");
        Group("sys/fs/cgroup", current: 30, max: "max");

        Assert.Equal(new MemoryReading(20, 1000), Read());
    }

    [Fact]
    public void Within_a_namespace_the_mounted_part_is_the_group()
    {
        Process("0::/\n", V2Mount);
        Group("sys/fs/cgroup", current: 7, max: "70");

        Assert.Equal(new MemoryReading(7, 70), Read());
    }

    [Fact]
    public void Version_1_serves_where_version_2_keeps_no_account()
    {
        Process(
            "4:memory:/docker/1\n0::/\n",
            "32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n"
            + "35 31 0:32 /docker/1 /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
            + "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw");
        Write("sys/fs/cgroup/memory/memory.usage_in_bytes", "800\n");
        Write("sys/fs/cgroup/memory/memory.limit_in_bytes", "1000\n");
        Write("sys/fs/cgroup/memory/memory.stat", "inactive_file 1\ntotal_inactive_file 50\n");

        Assert.Equal(new MemoryReading(750, 1000), Read());
    }

    [Theory]
    [InlineData("max")]
    [InlineData("9223372036854771712")]
    public void A_group_without_a_limit_is_none(string max)
    {
        Process("0::/a\n", V2Mount);
        Group("sys/fs/cgroup/a", current: 1, max);

        Assert.Null(Read());
    }

    [Fact]
    public void A_system_without_groups_has_none() => Assert.Null(Read());

    [Fact]
    public void The_figures_are_those_of_each_moment_from_files_opened_once()
    {
        Process("0::/a\n", V2Mount);
        Group("sys/fs/cgroup/a", current: 600, max: "1000");
        using CgroupMemory group = CgroupMemory.TryOpen(_root)!;
        MemoryReading? before = group.Read();

        // Written in place, and taken out of the folder: only who has it open still reads it.
        Group("sys/fs/cgroup/a", current: 700, max: "2000");
        Directory.Delete(Path.Combine(_root, "sys"), recursive: true);

        Assert.Equal(new MemoryReading(600, 1000), before);
        Assert.Equal(new MemoryReading(700, 2000), group.Read());
    }

    private MemoryReading? Read()
    {
        using CgroupMemory? group = CgroupMemory.TryOpen(_root);
        return group?.Read();
    }

    private void Process(string groups, string mounts)
    {
        Write("proc/self/cgroup", groups);
        Write("proc/self/mountinfo", mounts);
    }

    private void Group(string folder, long current, string max, string stat = "anon 1\n")
    {
        Write($"{folder}/memory.current", $"{current}\n");
        Write($"{folder}/memory.max", $"{max}\n");
        Write($"{folder}/memory.stat", stat);
    }

    private void Write(string path, string text)
    {
        string file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
