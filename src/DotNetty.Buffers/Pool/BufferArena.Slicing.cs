#nullable disable
namespace DotNetty.Buffers;

/// <summary>
/// Slicing one buffer into many. An interlocked operation waits for every write before it, and a decoder with its handlers does two a frame: the
/// slice retains the buffer, and mostly is released a moment later on the same thread. While a buffer is being sliced its thread holds many
/// references to it at once, hands them to the slices and takes them back from those released meanwhile.
/// </summary>
public sealed partial class BufferArena
{
    private const int References = 1 << 16;

    private ContiguousByteBuffer _sliced;
    private int _references;

    /// <summary>
    /// Until <see cref="EndSlicing"/> retained slices of <paramref name="buffer"/> that are taken or released on this thread need no interlocked
    /// operation; its reference count is higher by a large number meanwhile. One buffer a thread.
    /// </summary>
    /// <returns>False, and <see cref="EndSlicing"/> is not for the caller, where another buffer is being sliced or the thread has no arena.</returns>
    public static bool BeginSlicing(IByteBuffer buffer)
    {
        if (_current is not { _sliced: null } arena || buffer is not ContiguousByteBuffer contiguous)
            return false;

        var root = contiguous.Root;
        root.Retain(References);
        arena._sliced = root;
        arena._references = References;
        return true;
    }

    /// <summary>Ends what the caller began by <see cref="BeginSlicing"/>, on the same thread and before it returns to its loop.</summary>
    public static void EndSlicing()
    {
        if (_current is not { _sliced: { } root } arena)
            return;

        arena._sliced = null;
        if (arena._references > 0)
            root.Release(arena._references);
    }

    /// <summary>Gives a slice its reference to the root.</summary>
    internal static void Retain(BufferArena arena, ContiguousByteBuffer root)
    {
        if (arena != null && arena._sliced == root && arena._references > 0)
            arena._references--;
        else
            root.Retain();
    }

    /// <summary>Takes a slice's reference to the root.</summary>
    internal static void Release(BufferArena arena, ContiguousByteBuffer root)
    {
        if (arena != null && arena._sliced == root)
            arena._references++;
        else
            root.Release();
    }
}
