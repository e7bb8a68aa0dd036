using System.Buffers.Text;

namespace EsockdNetty.Accepting.Overload;

/// <summary>Resident memory of the process against what the runtime may use: the machine's memory, or the limit the runtime was given.</summary>
internal sealed class ResidentMemory : IMemoryProbe, IDisposable
{
    private readonly KernelFile? _statm = OperatingSystem.IsLinux() ? KernelFile.TryOpen("/proc/self/statm") : null;

    public MemoryReading? Read() =>
        Resident() is { } resident ? new MemoryReading(resident, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) : null;

    public void Dispose() => _statm?.Dispose();

    private long? Resident()
    {
        if (_statm is null)
        {
            return OperatingSystem.IsLinux() ? null : Environment.WorkingSet;
        }

        // proc_pid_statm(5): size, resident, shared, ... in pages.
        ReadOnlySpan<byte> text = _statm.Read();
        ReadOnlySpan<byte> resident = text[(text.IndexOf((byte)' ') + 1)..];
        return Utf8Parser.TryParse(resident, out long pages, out _) ? pages * Environment.SystemPageSize : null;
    }
}
