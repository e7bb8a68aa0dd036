using EsockdNetty.Accepting.Overload;

namespace EsockdNetty.Tests.Accepting.Overload;

/// <summary>Memory in use as a test says, of 100 MiB.</summary>
internal sealed class FakeMemory : IMemoryProbe, IDisposable
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>In percent; null: the system does not tell.</summary>
    public double? Used { get; set; } = 10;

    public bool IsDisposed { get; private set; }

    public MemoryReading? Read() => Used is { } used ? new MemoryReading((long)(used * Mebibyte), 100 * Mebibyte) : null;

    public void Dispose() => IsDisposed = true;
}
