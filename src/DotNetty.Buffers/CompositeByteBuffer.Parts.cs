#nullable disable
namespace DotNetty.Buffers;

/// <summary>The list of components. They lie in it themselves, so that a composite used again allocates none.</summary>
public partial class CompositeByteBuffer
{
    private const int FirstParts = 4;

    private Component[] _parts = [];
    private int _count;

    /// <summary>How many components there is room for.</summary>
    private protected int RoomForParts => _parts.Length;

    private Span<Component> Parts => _parts.AsSpan(0, _count);

    private void InsertPart(int position, Component part)
    {
        if (_count == _parts.Length)
            System.Array.Resize(ref _parts, Math.Max(FirstParts, _count * 2));
        System.Array.Copy(_parts, position, _parts, position + 1, _count - position);
        _parts[position] = part;
        _count++;
    }

    private void RemoveParts(int position, int count)
    {
        System.Array.Copy(_parts, position + count, _parts, position, _count - position - count);
        System.Array.Clear(_parts, _count - count, count);
        _count -= count;
    }

    /// <summary>Releases all components, at the end of a life.</summary>
    private void DropParts()
    {
        var count = _count;
        _count = 0;
        _recent = 0;
        for (var i = 0; i < count; i++)
        {
            var source = _parts[i].Source;
            _parts[i] = default;
            source.Release();
        }
    }

    /// <summary>The component that holds byte <paramref name="index"/>.</summary>
    private ref Component Find(int index) => ref _parts[FindPosition(index)];

    private int FindPosition(int index)
    {
        if (_recent < _count && _parts[_recent].Holds(index, 1))
            return _recent;

        var low = 0;
        var high = _count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            ref readonly var part = ref _parts[middle];
            if (index >= part.End)
                low = middle + 1;
            else if (index < part.Offset)
                high = middle - 1;
            else
                return _recent = middle;
        }

        throw new IndexOutOfRangeException($"There is no byte {index} in a composite of {Capacity} bytes.");
    }
}
