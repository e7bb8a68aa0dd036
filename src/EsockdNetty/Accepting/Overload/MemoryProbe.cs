namespace EsockdNetty.Accepting.Overload;

/// <summary>Finds out who limits the process's memory.</summary>
internal static class MemoryProbe
{
    /// <summary>The control group's account where it has a limit; else the process's resident memory against what the runtime may use.</summary>
    public static IMemoryProbe Open() => OperatingSystem.IsLinux() && CgroupMemory.TryOpen("/") is { } group ? group : new ResidentMemory();
}
