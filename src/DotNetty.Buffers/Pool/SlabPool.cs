namespace DotNetty.Buffers;

/// <summary>
/// Blocks out of slabs, for one thread at a time. New blocks come from the run that was full last and new runs from the fullest slab that has room,
/// so that lightly used ones drain, become empty and can be handed back.
/// </summary>
internal sealed class SlabPool(int maxSlabs, int maxEmptySlabs)
{
    private const int MaxSlabsTried = 8;

    // All made on first use: a pool that is never used costs nothing.
    private Run?[]? _partial;
    private Slab?[]? _byFreeUnits;
    private int _slabs;
    private int _emptySlabs;
    private long _held;
    private readonly long[] _taken = new long[SizeClass.Count];
    private readonly long[] _put = new long[SizeClass.Count];

    /// <summary>Bytes of blocks in use.</summary>
    internal long Held => Volatile.Read(ref _held);

    /// <summary>Bytes of slabs.</summary>
    internal long Reserved => (long)Volatile.Read(ref _slabs) * Slab.Size;

    internal long TakenOf(int sizeClass) => Volatile.Read(ref _taken[sizeClass]);

    internal long PutOf(int sizeClass) => Volatile.Read(ref _put[sizeClass]);

    /// <summary>A run with a block to take, or null when the pool has grown to its limit.</summary>
    internal Run? FindRun(int sizeClass)
    {
        _partial ??= new Run?[SizeClass.Count];
        return _partial[sizeClass] ?? AddRun(sizeClass);
    }

    internal int Take(Run run)
    {
        var block = run.TakeBlock();
        if (run.IsFull)
            Unlink(run);
        _held += run.BlockSize;
        _taken[run.Class]++;
        return block;
    }

    internal void Put(Run run, int block)
    {
        var wasFull = run.IsFull;
        run.PutBlock(block);
        _held -= run.BlockSize;
        _put[run.Class]++;
        if (wasFull)
            LinkAgain(run);

        // The last one of its class stays, or a single buffer that comes and goes would set up a run each time.
        if (run.Used == 0 && (run.Previous ?? run.Next) is not null)
            Remove(run);
    }

    /// <summary>Gives back what is not used: empty runs, slabs beyond <paramref name="keptSlabs"/> empty ones, and the pages of free units.</summary>
    /// <returns>True when it stopped after <paramref name="maxUnits"/> units with more to do.</returns>
    internal bool Trim(int keptSlabs, int maxUnits)
    {
        if (_partial is null || _byFreeUnits is null)
            return false;

        RemoveEmptyRuns(_partial);
        while (_emptySlabs > keptSlabs && maxUnits > 0)
        {
            maxUnits -= Slab.Units;
            DropEmptySlab();
        }

        // From the emptiest on; the reserve keeps its pages.
        for (var free = Slab.Units - 1; free > 0 && maxUnits > 0; free--)
        {
            for (var slab = _byFreeUnits[free]; slab is not null && maxUnits > 0; slab = slab.Next)
            {
                if (slab.HasWarmFree)
                    maxUnits -= slab.DecommitFree(maxUnits);
            }
        }

        return maxUnits <= 0;
    }

    private Run? AddRun(int sizeClass)
    {
        _byFreeUnits ??= new Slab?[Slab.Units + 1];
        var run = TakeFromFullest(sizeClass) ?? TakeFromNew(sizeClass);
        if (run is not null)
            Link(run);
        return run;
    }

    private Run? TakeFromFullest(int sizeClass)
    {
        for (var free = Math.Max(SizeClass.BytesOf(sizeClass) / Slab.UnitSize, 1); free <= Slab.Units; free++)
        {
            var slab = _byFreeUnits![free];
            for (var tried = 0; slab is not null && tried < MaxSlabsTried; tried++, slab = slab.Next)
            {
                if (TakeFrom(slab, sizeClass) is { } run)
                    return run;
            }
        }

        return null;
    }

    private Run? TakeFromNew(int sizeClass)
    {
        if (_slabs == maxSlabs)
            return null;
        var slab = SlabStore.Take();
        _slabs++;
        Link(slab);
        return TakeFrom(slab, sizeClass);
    }

    private Run? TakeFrom(Slab slab, int sizeClass)
    {
        Unlink(slab);
        var run = slab.TryTake(sizeClass);
        Link(slab);
        return run;
    }

    private void LinkAgain(Run run)
    {
        var head = _partial![run.Class];
        Link(run);
        if (head is { Used: 0 })
            Remove(head);
    }

    private void Remove(Run run)
    {
        Unlink(run);
        var slab = run.Slab;
        Unlink(slab);
        slab.Put(run);
        Link(slab);
        if (_emptySlabs > maxEmptySlabs)
            DropEmptySlab();
    }

    private void RemoveEmptyRuns(Run?[] partial)
    {
        foreach (var head in partial)
        {
            if (head is { Used: 0 })
                Remove(head);
        }
    }

    private void DropEmptySlab()
    {
        var slab = _byFreeUnits![Slab.Units]!;
        Unlink(slab);
        _slabs--;
        SlabStore.Put(slab);
    }

    private void Link(Run run)
    {
        ref var head = ref _partial![run.Class];
        run.Next = head;
        if (head is not null)
            head.Previous = run;
        head = run;
    }

    private void Unlink(Run run)
    {
        if (run.Previous is null)
            _partial![run.Class] = run.Next;
        else
            run.Previous.Next = run.Next;
        if (run.Next is not null)
            run.Next.Previous = run.Previous;
        run.Next = run.Previous = null;
    }

    private void Link(Slab slab)
    {
        ref var head = ref _byFreeUnits![slab.FreeUnits];
        slab.Next = head;
        if (head is not null)
            head.Previous = slab;
        head = slab;
        if (slab.IsEmpty)
            _emptySlabs++;
    }

    private void Unlink(Slab slab)
    {
        if (slab.IsEmpty)
            _emptySlabs--;
        if (slab.Previous is null)
            _byFreeUnits![slab.FreeUnits] = slab.Next;
        else
            slab.Previous.Next = slab.Next;
        if (slab.Next is not null)
            slab.Next.Previous = slab.Previous;
        slab.Next = slab.Previous = null;
    }
}
