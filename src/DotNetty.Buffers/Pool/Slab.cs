using System.Numerics;

namespace DotNetty.Buffers;

/// <summary>2 MiB of pinned memory in 32 units of 64 KiB, of which a <see cref="Run"/> takes one or several.</summary>
internal sealed class Slab(byte[] memory, int start)
{
    internal const int Size = Units * UnitSize;
    internal const int Units = 32;
    internal const int UnitSize = 64 << 10;

    private const uint AllUnits = uint.MaxValue;

    private readonly Run?[] _runs = new Run?[Units];
    private uint _free = AllUnits;
    private uint _cold = AllUnits;

    internal Slab? Next { get; set; }

    internal Slab? Previous { get; set; }

    internal byte[] Memory => memory;

    internal int FreeUnits => BitOperations.PopCount(_free);

    internal bool IsEmpty => _free == AllUnits;

    /// <summary>Free units whose pages may still be resident.</summary>
    internal bool HasWarmFree => (_free & ~_cold) != 0;

    internal int OffsetOf(int unit) => start + unit * UnitSize;

    /// <summary>Takes adjacent units, as many as a block of this class needs and at least one; null when there are none.</summary>
    internal Run? TryTake(int sizeClass)
    {
        var count = Math.Max(SizeClass.BytesOf(sizeClass) / UnitSize, 1);
        var mask = (uint)((1ul << count) - 1);
        for (var unit = 0; unit < Units; unit += count)
        {
            if ((_free >>> unit & mask) == mask)
                return Take(unit, mask << unit, sizeClass);
        }

        return null;
    }

    internal void Put(Run run) => _free |= run.UnitMask;

    /// <summary>Drops the pages of free units, of at most <paramref name="limit"/>.</summary>
    /// <returns>How many units had pages to drop.</returns>
    internal int DecommitFree(int limit)
    {
        var done = 0;
        for (var warm = _free & ~_cold; warm != 0 && done < limit; done++)
        {
            var unit = BitOperations.TrailingZeroCount(warm);
            warm &= warm - 1;
            PageMemory.Decommit(memory, OffsetOf(unit), UnitSize);
            _cold |= 1u << unit;
        }

        return done;
    }

    private Run Take(int unit, uint mask, int sizeClass)
    {
        _free &= ~mask;
        _cold &= ~mask;
        var run = _runs[unit] ??= new Run(this, unit);
        run.Begin(sizeClass, mask);
        return run;
    }
}
