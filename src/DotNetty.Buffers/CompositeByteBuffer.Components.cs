#nullable disable
namespace DotNetty.Buffers;

public partial class CompositeByteBuffer
{
    /// <summary>Appends a buffer and takes its reference over; the writer index stays.</summary>
    public virtual CompositeByteBuffer AddComponent(IByteBuffer buffer) => AddComponent(false, buffer);

    /// <summary>Appends a buffer and takes its reference over; moves the writer index by its readable bytes when <paramref name="increaseWriterIndex"/>.</summary>
    public virtual CompositeByteBuffer AddComponent(bool increaseWriterIndex, IByteBuffer buffer) => AddComponent(increaseWriterIndex, _count, buffer);

    /// <summary>Inserts a buffer at <paramref name="cIndex"/> and takes its reference over, which is released if that fails.</summary>
    public virtual CompositeByteBuffer AddComponent(int cIndex, IByteBuffer buffer) => AddComponent(false, cIndex, buffer);

    /// <inheritdoc cref="AddComponent(int, IByteBuffer)"/>
    public virtual CompositeByteBuffer AddComponent(bool increaseWriterIndex, int cIndex, IByteBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        var added = Insert(cIndex, buffer);
        if (increaseWriterIndex)
            SetWriterIndex0(WriterIndex + added);
        ConsolidateIfNeeded();
        return this;
    }

    public virtual CompositeByteBuffer AddComponents(params IByteBuffer[] buffers) => AddComponents(false, buffers);

    public virtual CompositeByteBuffer AddComponents(IEnumerable<IByteBuffer> buffers) => AddComponents(false, buffers);

    public virtual CompositeByteBuffer AddComponents(bool increaseWriterIndex, params IByteBuffer[] buffers) =>
        AddComponents(increaseWriterIndex, _count, buffers);

    public virtual CompositeByteBuffer AddComponents(bool increaseWriterIndex, IEnumerable<IByteBuffer> buffers) =>
        AddComponents(increaseWriterIndex, _count, buffers);

    public virtual CompositeByteBuffer AddComponents(int cIndex, params IByteBuffer[] buffers) => AddComponents(false, cIndex, buffers);

    public virtual CompositeByteBuffer AddComponents(int cIndex, IEnumerable<IByteBuffer> buffers) => AddComponents(false, cIndex, buffers);

    /// <summary>Releases and removes a component; what follows moves up.</summary>
    public virtual CompositeByteBuffer RemoveComponent(int cIndex) => RemoveComponents(cIndex, 1);

    /// <summary>Releases and removes components; what follows moves up, and indices that would pass the capacity come back to it.</summary>
    public virtual CompositeByteBuffer RemoveComponents(int cIndex, int numComponents)
    {
        CheckComponents(cIndex, numComponents);
        Drop(cIndex, numComponents);
        UpdateOffsets();
        ClampIndices(Capacity);
        return this;
    }

    /// <summary>Merges all components into one.</summary>
    public virtual CompositeByteBuffer Consolidate() => Consolidate(0, _count);

    /// <summary>Merges <paramref name="numComponents"/> components from <paramref name="cIndex"/> on into one.</summary>
    public virtual CompositeByteBuffer Consolidate(int cIndex, int numComponents)
    {
        CheckComponents(cIndex, numComponents);
        if (numComponents <= 1)
            return this;

        var first = _parts[cIndex];
        var length = _parts[cIndex + numComponents - 1].End - first.Offset;
        var merged = NewBuffer(length);
        CopyTo(first.Offset, merged.GetWritableSpan(length)[..length]);
        merged.AdvanceWriter(length);
        Drop(cIndex, numComponents);
        InsertPart(cIndex, new Component(merged, 0, length));
        UpdateOffsets();
        return this;
    }

    /// <summary>Releases the components that have been read to their end; indices move with what is left.</summary>
    public virtual CompositeByteBuffer DiscardReadComponents()
    {
        EnsureAccessible();
        var read = ReaderIndex;
        var count = 0;
        while (count < _count && _parts[count].End <= read)
            count++;
        if (count > 0)
            MoveDown(_parts[count - 1].End, count);
        return this;
    }

    public override IByteBuffer DiscardReadBytes()
    {
        DiscardReadComponents();
        var read = ReaderIndex;
        if (read == 0)
            return this;

        _parts[0].CutFront(read);
        MoveDown(read, 0);
        return this;
    }

    public override IByteBuffer DiscardSomeReadBytes() => DiscardReadComponents();

    /// <summary>The component itself, not a duplicate: for those who promise not to move its indices.</summary>
    public virtual IByteBuffer InternalComponent(int cIndex)
    {
        CheckComponents(cIndex, 1);
        return _parts[cIndex].View;
    }

    /// <inheritdoc cref="InternalComponent"/>
    public virtual IByteBuffer InternalComponentAtOffset(int offset)
    {
        CheckIndex(offset, 1);
        return Find(offset).View;
    }

    /// <summary>A duplicate of the component that holds byte <paramref name="offset"/>.</summary>
    public virtual IByteBuffer ComponentAtOffset(int offset) => InternalComponentAtOffset(offset).Duplicate();

    /// <summary>Which component holds byte <paramref name="offset"/>.</summary>
    public virtual int ToComponentIndex(int offset)
    {
        CheckIndex(offset, 1);
        return FindPosition(offset);
    }

    /// <summary>Where component <paramref name="cIndex"/> begins.</summary>
    public virtual int ToByteIndex(int cIndex)
    {
        CheckComponents(cIndex, 1);
        return _parts[cIndex].Offset;
    }

    /// <summary>The components behind a region, the first and last cut to it; they share their reference counts.</summary>
    public virtual IList<IByteBuffer> Decompose(int offset, int length)
    {
        CheckIndex(offset, length);
        var slices = new List<IByteBuffer>();
        while (length > 0)
        {
            var part = Find(offset);
            var here = Math.Min(part.End - offset, length);
            slices.Add(part.Source.Slice(part.ToSource(offset), here));
            offset += here;
            length -= here;
        }

        return slices;
    }

    public override IByteBuffer AdjustCapacity(int newCapacity)
    {
        CheckNewCapacity(newCapacity);
        var missing = newCapacity - Capacity;
        if (missing > 0)
        {
            Insert(_count, NewBuffer(missing).SetIndex(0, missing));
            ConsolidateIfNeeded();
        }
        else
        {
            CutBack(-missing);
            ClampIndices(newCapacity);
        }

        return this;
    }

    private CompositeByteBuffer AddComponents(bool increaseWriterIndex, int cIndex, IEnumerable<IByteBuffer> buffers)
    {
        var added = InsertAll(cIndex, buffers);
        if (increaseWriterIndex)
            SetWriterIndex0(WriterIndex + added);
        ConsolidateIfNeeded();
        return this;
    }

    private int InsertAll(int cIndex, IEnumerable<IByteBuffer> buffers)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        var added = 0;
        using var each = buffers.GetEnumerator();
        try
        {
            while (each.MoveNext())
            {
                if (each.Current is { } buffer)
                    added += Insert(cIndex++, buffer);
            }
        }
        catch
        {
            // Their references were handed over: nobody else will release the rest.
            while (each.MoveNext())
                each.Current?.Release();
            throw;
        }

        return added;
    }

    private int Insert(int cIndex, IByteBuffer buffer)
    {
        try
        {
            EnsureAccessible();
            if ((uint)cIndex > (uint)_count)
                throw new IndexOutOfRangeException($"There is no place {cIndex} among {_count} components.");
            var length = buffer.ReadableBytes;
            if (length > MaxCapacity - Capacity)
                throw new ArgumentException($"A composite of {Capacity} bytes cannot take {length} more.", nameof(buffer));
            InsertPart(cIndex, new Component(buffer, buffer.ReaderIndex, length));
            UpdateOffsets(cIndex);
            return length;
        }
        catch
        {
            buffer.Release();
            throw;
        }
    }

    private void ConsolidateIfNeeded()
    {
        if (_count > MaxNumComponents)
            Consolidate();
    }

    private void MoveDown(int bytes, int components)
    {
        Drop(0, components);
        UpdateOffsets();
        SetIndex0(ReaderIndex - Math.Min(bytes, ReaderIndex), WriterIndex - Math.Min(bytes, WriterIndex));
        AdjustMarkers(bytes);
    }

    private void CutBack(int count)
    {
        while (count > 0)
        {
            ref var last = ref _parts[_count - 1];
            if (last.Length > count)
            {
                last.CutBack(count);
                return;
            }

            count -= last.Length;
            Drop(_count - 1, 1);
        }
    }

    private void Drop(int cIndex, int count)
    {
        for (var i = cIndex; i < cIndex + count; i++)
            _parts[i].Source.Release();
        RemoveParts(cIndex, count);
        _recent = 0;
    }

    private void UpdateOffsets(int from = 0)
    {
        for (var i = from; i < _count; i++)
            _parts[i].Offset = i == 0 ? 0 : _parts[i - 1].End;
    }

    private IByteBuffer NewBuffer(int capacity) => _direct ? Allocator.DirectBuffer(capacity) : Allocator.HeapBuffer(capacity);

    private void CheckComponents(int cIndex, int count)
    {
        EnsureAccessible();
        if ((cIndex | count) < 0 || cIndex > _count - count)
            throw new IndexOutOfRangeException($"{count} components at {cIndex} are not within {_count}.");
    }
}
