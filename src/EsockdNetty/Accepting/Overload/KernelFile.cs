using Microsoft.Win32.SafeHandles;

namespace EsockdNetty.Accepting.Overload;

/// <summary>A small file that the kernel writes anew for each reader. Opened once: where descriptors have run out it can still be read. For one thread at a time.</summary>
internal sealed class KernelFile : IDisposable
{
    private const int MostBytes = 8 * 1024;

    private readonly SafeFileHandle _handle;
    private readonly byte[] _text = new byte[MostBytes];

    private KernelFile(SafeFileHandle handle) => _handle = handle;

    /// <summary>Null where there is no such file, it may not be read, or no descriptor is left.</summary>
    public static KernelFile? TryOpen(string path)
    {
        try
        {
            return new KernelFile(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What it says now; empty when it cannot be read any more. Valid until the next read.</summary>
    public ReadOnlySpan<byte> Read()
    {
        try
        {
            return _text.AsSpan(0, RandomAccess.Read(_handle, _text, 0));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return [];
        }
    }

    public void Dispose() => _handle.Dispose();
}
