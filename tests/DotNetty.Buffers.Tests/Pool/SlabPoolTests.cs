namespace DotNetty.Buffers.Tests.Pool;

[Collection(PoolCollection.Name)]
public sealed class SlabPoolTests
{
    private readonly SlabPool _pool = new(maxSlabs: 8, maxEmptySlabs: 8);
    private readonly List<(Run Run, int Block)> _taken = [];

    [Theory]
    [InlineData(64)]
    [InlineData(1024)]
    [InlineData(16 << 10)]
    [InlineData(64 << 10)]
    [InlineData(256 << 10)]
    [InlineData(1 << 20)]
    [InlineData(2 << 20)]
    public void Blocks_fill_their_slabs_and_never_overlap(int bytes)
    {
        var places = new HashSet<(byte[], int)>();

        for (var i = 0; i < 2 * Slab.Size / bytes; i++)
            places.Add(Take(bytes));

        Assert.Equal(2 * Slab.Size / bytes, places.Count);
        Assert.Equal((2L * Slab.Size, 2L * Slab.Size), (_pool.Held, _pool.Reserved));
        foreach (var slab in places.GroupBy(place => place.Item1))
        {
            var offsets = slab.Select(place => place.Item2).Order().ToArray();
            Assert.All(offsets.Zip(offsets.Skip(1)), pair => Assert.Equal(bytes, pair.Second - pair.First));
            Assert.InRange(offsets[^1] + bytes, 0, slab.Key.Length);
        }

        PutAll();
    }

    [Fact]
    public void A_pool_at_its_limit_gives_nothing_until_something_comes_back()
    {
        for (var i = 0; i < 8; i++)
            Take(Slab.Size);

        Assert.Null(_pool.FindRun(SizeClass.Of(64)));

        Put(3);
        Assert.NotNull(_pool.FindRun(SizeClass.Of(Slab.Size)));
        PutAll();
    }

    [Fact]
    public void All_sizes_share_the_slabs()
    {
        for (var sizeClass = 0; sizeClass < SizeClass.Of(Slab.UnitSize); sizeClass++)
            Take(SizeClass.BytesOf(sizeClass));

        Assert.Equal(Slab.Size, _pool.Reserved);
        PutAll();
    }

    [Fact]
    public void New_runs_come_from_the_fullest_slab()
    {
        for (var i = 0; i < 2 * Slab.Units; i++)
            Take(Slab.UnitSize);
        var (first, second) = (_taken[0].Run.Slab, _taken[^1].Run.Slab);

        // Ten free units in the first slab, two in the second; the last unit of a class stays with it, so two more are spent.
        for (var i = 0; i < 10; i++)
            Put(0);
        Put(^1);
        Put(^1);
        Take(Slab.UnitSize);
        Take(Slab.UnitSize);

        Assert.Equal(second, _taken[^1].Run.Slab);
        Assert.True(first.FreeUnits > second.FreeUnits);
        PutAll();
    }

    [Fact]
    public void What_comes_back_is_used_again()
    {
        var place = Take(500);
        for (var i = 0; i < 1000; i++)
        {
            PutAll();
            Assert.Equal(place, Take(500));
        }

        Assert.Equal(Slab.Size, _pool.Reserved);
        PutAll();
        Assert.Equal((1001, 1001), (_pool.TakenOf(SizeClass.Of(500)), _pool.PutOf(SizeClass.Of(500))));
    }

    [Fact]
    public void Trimming_hands_all_back_but_the_reserve()
    {
        for (var i = 0; i < 6; i++)
            Take(Slab.Size);
        Take(100);
        PutAll();

        while (_pool.Trim(keptSlabs: 1, maxUnits: 40))
            Assert.True(_pool.Reserved >= Slab.Size);

        Assert.Equal((0, Slab.Size), (_pool.Held, _pool.Reserved));
        Assert.False(_pool.Trim(keptSlabs: 0, maxUnits: 1000));
        Assert.Equal(0, _pool.Reserved);
    }

    [Fact]
    public void Trimming_a_pool_that_was_never_used_does_nothing() => Assert.False(_pool.Trim(0, 10));

    [Fact]
    public void Empty_slabs_above_the_bound_go_at_once()
    {
        var pool = new SlabPool(maxSlabs: 8, maxEmptySlabs: 2);
        var taken = Enumerable.Range(0, 6).Select(_ => pool.FindRun(SizeClass.Of(Slab.Size))!).Select(run => (run, pool.Take(run))).ToArray();

        foreach (var (run, block) in taken)
            pool.Put(run, block);

        Assert.Equal(0, pool.Held);
        Assert.InRange(pool.Reserved, 0, 3 * Slab.Size);
        pool.Trim(0, 1000);
    }

    [Fact]
    public void Trimmed_memory_is_taken_and_written_again()
    {
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 16; i++)
            {
                var (memory, offset) = Take(64 << 10);
                memory.AsSpan(offset, 64 << 10).Fill((byte)i);
            }

            for (var i = 0; i < 8; i++)
                Put(0);
            _pool.Trim(0, 1000);
            foreach (var ((run, block), i) in _taken.Select((each, i) => (each, i)))
                Assert.False(run.Slab.Memory.AsSpan(run.OffsetOf(block), 64 << 10).ContainsAnyExcept((byte)(i + 8)));
            PutAll();
            _pool.Trim(0, 1000);
        }
    }

    [Fact]
    public void Random_use_keeps_every_block_its_owner_s()
    {
        var random = new Random(7);
        var stamps = new Dictionary<(byte[], int), int>();

        for (var i = 0; i < 20_000; i++)
        {
            if (_taken.Count > 0 && (random.Next(2) == 0 || _pool.Held > 12 << 20))
            {
                var at = random.Next(_taken.Count);
                var (run, block) = _taken[at];
                var place = (run.Slab.Memory, run.OffsetOf(block));
                Assert.Equal(stamps[place], BitConverter.ToInt32(place.Memory, place.Item2));
                stamps.Remove(place);
                Put(at);
            }
            else if (_pool.FindRun(SizeClass.Of(1 << random.Next(6, 22))) is { } run)
            {
                var place = Keep(run);
                stamps.Add(place, i);
                BitConverter.TryWriteBytes(place.Memory.AsSpan(place.Offset), i);
            }

            if (random.Next(100) == 0)
                _pool.Trim(random.Next(2), random.Next(40));
        }

        PutAll();
        _pool.Trim(0, 1000);
        Assert.Equal((0, 0), (_pool.Held, _pool.Reserved));
    }

    private (byte[] Memory, int Offset) Take(int bytes) => Keep(_pool.FindRun(SizeClass.Of(bytes))!);

    private (byte[] Memory, int Offset) Keep(Run run)
    {
        var block = _pool.Take(run);
        _taken.Add((run, block));
        return (run.Slab.Memory, run.OffsetOf(block));
    }

    private void Put(Index index)
    {
        var at = index.GetOffset(_taken.Count);
        var (run, block) = _taken[at];
        _taken.RemoveAt(at);
        _pool.Put(run, block);
    }

    private void PutAll()
    {
        while (_taken.Count > 0)
            Put(^1);
    }
}
