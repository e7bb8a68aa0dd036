#nullable disable
using System.Text;
using DotNetty.Common.Utilities;

namespace DotNetty.Common;

/// <summary>What one thread keeps for itself: the values of its <see cref="FastThreadLocal{T}"/>s by index, and scratch objects to be used and left at once.</summary>
public sealed class InternalThreadLocalMap
{
    private const int InitialSlots = 32;
    private const int KeptBuilderCapacity = 64 * 1024;

    /// <summary>Stands where no value was set.</summary>
    public static readonly object Unset = new();

    private static int _lastIndex = -1;

    // Unused room at the end: the maps of two threads never share a cache line.
    public long rp1, rp2, rp3, rp4, rp5, rp6, rp7, rp8, rp9;

    [ThreadStatic]
    private static InternalThreadLocalMap _current;

    private object[] _slots = NewSlots(InitialSlots);
    private StringBuilder _stringBuilder;
    private List<ICharSequence> _charSequences;
    private List<AsciiString> _asciiStrings;

    private InternalThreadLocalMap()
    {
    }

    public int FutureListenerStackDepth { get; set; }

    public int LocalChannelReaderStackDepth { get; set; }

    /// <summary>The number of variables set on this thread.</summary>
    public int Count => VariablesToRemove.Count;

    /// <summary>An empty builder, valid until it is asked for again on this thread.</summary>
    public StringBuilder StringBuilder
    {
        get
        {
            if (_stringBuilder is null || _stringBuilder.Capacity > KeptBuilderCapacity)
                return _stringBuilder = new StringBuilder(512);
            return _stringBuilder.Clear();
        }
    }

    internal HashSet<FastThreadLocal> VariablesToRemove { get; } = [];

    /// <summary>The map of this thread, made now if there is none.</summary>
    public static InternalThreadLocalMap Get() => _current ??= new InternalThreadLocalMap();

    /// <summary>The map of this thread, or null when there is none.</summary>
    public static InternalThreadLocalMap GetIfSet() => _current;

    /// <summary>Forgets the map of this thread. The variables are not told; see <see cref="FastThreadLocal.RemoveAll"/>.</summary>
    public static void Remove() => _current = null;

    /// <summary>The same as <see cref="Remove"/>: nothing is kept beyond the threads.</summary>
    public static void Destroy() => Remove();

    /// <summary>An empty list, valid until it is asked for again on this thread.</summary>
    public List<ICharSequence> CharSequenceList(int minCapacity = 8) => Prepare(ref _charSequences, minCapacity);

    /// <summary>An empty list, valid until it is asked for again on this thread.</summary>
    public List<AsciiString> AsciiStringList(int minCapacity = 8) => Prepare(ref _asciiStrings, minCapacity);

    /// <summary>The value at <paramref name="index"/>, or <see cref="Unset"/>.</summary>
    public object GetIndexedVariable(int index) => (uint)index < (uint)_slots.Length ? _slots[index] : Unset;

    public bool IsIndexedVariableSet(int index) => GetIndexedVariable(index) != Unset;

    /// <returns>True when there was no value before.</returns>
    public bool SetIndexedVariable(int index, object value)
    {
        if (index >= _slots.Length)
            Grow(index);

        var wasUnset = _slots[index] == Unset;
        _slots[index] = value;
        return wasUnset;
    }

    /// <returns>The value that was there, or <see cref="Unset"/>.</returns>
    public object RemoveIndexedVariable(int index)
    {
        var value = GetIndexedVariable(index);
        if (value != Unset)
            _slots[index] = Unset;
        return value;
    }

    internal static int NextIndex() => Interlocked.Increment(ref _lastIndex);

    private static List<T> Prepare<T>(ref List<T> list, int minCapacity)
    {
        list ??= new List<T>(minCapacity);
        list.Clear();
        list.EnsureCapacity(minCapacity);
        return list;
    }

    private static object[] NewSlots(int count)
    {
        var slots = new object[count];
        Array.Fill(slots, Unset);
        return slots;
    }

    private void Grow(int index)
    {
        var grown = NewSlots(IntegerExtensions.RoundUpToPowerOfTwo(index + 1));
        _slots.CopyTo(grown, 0);
        _slots = grown;
    }
}
