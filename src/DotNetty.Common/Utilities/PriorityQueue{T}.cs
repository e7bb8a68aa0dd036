#nullable disable
using System.Collections;

namespace DotNetty.Common.Utilities;

/// <summary>
/// The least item first. Adding, taking and removing any item take logarithmic time: where an item stands is kept in the item itself when it is an
/// <see cref="IQueuePosition"/>, else in a table by reference. An item can be in the queue once. Not thread safe.
/// </summary>
public class PriorityQueue<T> : IEnumerable<T>
    where T : class
{
    private const int InitialCapacity = 11;

    private readonly IComparer<T> _comparer;

    // A binary heap that begins at 1, where the parent of n is n / 2.
    private T[] _items = new T[InitialCapacity + 1];
    private Dictionary<T, int> _positions;

    public PriorityQueue()
        : this(Comparer<T>.Default)
    {
    }

    public PriorityQueue(IComparer<T> comparer)
    {
        ArgumentNullException.ThrowIfNull(comparer);
        _comparer = comparer;
    }

    public int Count { get; private set; }

    /// <exception cref="ArgumentException">The item is in the queue already.</exception>
    public void Enqueue(T item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (PositionOf(item) != 0)
            throw new ArgumentException("The item is in a queue already.", nameof(item));

        if (Count + 1 == _items.Length)
            Array.Resize(ref _items, 2 * _items.Length);
        Count++;
        MoveUp(Count, item);
    }

    /// <summary>The least item, which stays; null when empty.</summary>
    public T Peek() => Count == 0 ? null : _items[1];

    /// <summary>Takes the least item; null when empty.</summary>
    public T Dequeue()
    {
        if (Count == 0)
            return null;

        var least = _items[1];
        RemoveAt(1);
        return least;
    }

    /// <summary>Takes <paramref name="item"/>, compared by reference, out if it is there.</summary>
    public void Remove(T item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var position = PositionOf(item);
        if (position > 0 && position <= Count && ReferenceEquals(_items[position], item))
            RemoveAt(position);
    }

    public void Clear()
    {
        for (var position = 1; position <= Count; position++)
            SetPosition(_items[position], 0);

        Array.Clear(_items, 1, Count);
        Count = 0;
    }

    /// <summary>All items, in no particular order.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        for (var position = 1; position <= Count; position++)
            yield return _items[position];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void RemoveAt(int position)
    {
        SetPosition(_items[position], 0);
        var last = _items[Count];
        _items[Count] = null;
        Count--;
        if (position > Count)
            return;

        // The last item fills the gap, and may belong above it as well as below.
        if (position > 1 && _comparer.Compare(last, _items[position / 2]) < 0)
            MoveUp(position, last);
        else
            MoveDown(position, last);
    }

    private void MoveUp(int position, T item)
    {
        while (position > 1 && _comparer.Compare(item, _items[position / 2]) < 0)
        {
            Place(position, _items[position / 2]);
            position /= 2;
        }

        Place(position, item);
    }

    private void MoveDown(int position, T item)
    {
        while (2 * position <= Count)
        {
            var child = 2 * position;
            if (child < Count && _comparer.Compare(_items[child + 1], _items[child]) < 0)
                child++;
            if (_comparer.Compare(item, _items[child]) <= 0)
                break;

            Place(position, _items[child]);
            position = child;
        }

        Place(position, item);
    }

    private void Place(int position, T item)
    {
        _items[position] = item;
        SetPosition(item, position);
    }

    private int PositionOf(T item) =>
        item is IQueuePosition positioned ? positioned.QueuePosition : _positions?.GetValueOrDefault(item) ?? 0;

    private void SetPosition(T item, int position)
    {
        if (item is IQueuePosition positioned)
            positioned.QueuePosition = position;
        else if (position == 0)
            _positions.Remove(item);
        else
            (_positions ??= new Dictionary<T, int>(ReferenceEqualityComparer.Default))[item] = position;
    }
}
