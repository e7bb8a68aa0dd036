using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DotNetty.Transport.Epoll.Interop;

/// <summary>
/// The array that epoll_wait(2) fills. On x64 the kernel packs the eight bytes of the caller's right behind the four of the flags, elsewhere
/// they are aligned.
/// </summary>
internal sealed unsafe class EpollEvents : IDisposable
{
    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture is Architecture.X64;
    private static readonly int TokenOffset = IsPacked ? 4 : 8;

    private byte* _memory;

    public EpollEvents(int capacity)
    {
        Capacity = capacity;
        _memory = (byte*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)Size);
    }

    /// <summary>Bytes of one event.</summary>
    public static int Size { get; } = IsPacked ? 12 : 16;

    public int Capacity { get; }

    public void* Memory => _memory;

    /// <summary>Writes one event as epoll_ctl(2) takes it.</summary>
    public static void Write(void* destination, EpollInterest interest, ulong token)
    {
        Unsafe.WriteUnaligned(destination, (uint)interest);
        Unsafe.WriteUnaligned((byte*)destination + TokenOffset, token);
    }

    public EpollInterest InterestAt(int index) => (EpollInterest)Unsafe.ReadUnaligned<uint>(_memory + (index * Size));

    public ulong TokenAt(int index) => Unsafe.ReadUnaligned<ulong>(_memory + (index * Size) + TokenOffset);

    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
    }
}
