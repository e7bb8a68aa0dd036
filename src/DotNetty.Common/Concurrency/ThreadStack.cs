#nullable disable
using System.Runtime.CompilerServices;

namespace DotNetty.Common.Concurrency;

/// <summary>
/// Knows a thread by where the caller's local variables lie. A pipeline asks some ten times a message whether it is on its loop, and each look at
/// a static field of the thread is a call of the system's loader.
/// </summary>
internal struct ThreadStack
{
    // Every thread has so much; what runs deeper is not known by this.
    private const nint Known = 64 * 1024;

    private nint _top;

    /// <summary>True when the calling thread entered, and did not leave; false where that is not known.</summary>
    public readonly bool IsCallers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            Unsafe.SkipInit(out byte here);
            return (nuint)(_top - AddressOf(ref here)) < (nuint)Known;
        }
    }

    /// <summary>The calling thread is the one, from what it calls now on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Enter()
    {
        Unsafe.SkipInit(out byte here);
        _top = AddressOf(ref here);
    }

    /// <summary>Before the thread ends: its stack may be another's then.</summary>
    public void Leave() => _top = 0;

    private static nint AddressOf(ref byte variable) => Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref variable);
}
