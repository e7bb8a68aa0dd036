using System.Diagnostics;
using System.Numerics;

namespace DotNetty.Buffers;

/// <summary>Units of a slab cut into blocks of one size class. The free block with the lowest address is used next, so that few pages are touched.</summary>
internal sealed class Run(Slab slab, int unit)
{
    private const int WordBits = 64;
    private const int MaxWords = Slab.UnitSize / SizeClass.Smallest / WordBits;

    private ulong[] _free = [];
    private int _firstWord;
    private int _capacity;

    internal Run? Next { get; set; }

    internal Run? Previous { get; set; }

    internal Slab Slab => slab;

    internal int Class { get; private set; }

    internal uint UnitMask { get; private set; }

    internal int Used { get; private set; }

    internal bool IsFull => Used == _capacity;

    internal int BlockSize => SizeClass.BytesOf(Class);

    internal void Begin(int sizeClass, uint unitMask)
    {
        Class = sizeClass;
        UnitMask = unitMask;
        Used = 0;
        _firstWord = 0;
        _capacity = Math.Max(Slab.UnitSize / BlockSize, 1);
        if (_free.Length * WordBits < _capacity)
            _free = new ulong[_capacity <= WordBits ? 1 : MaxWords];
        MarkAllFree();
    }

    /// <summary>Takes the lowest free block. The run must not be full.</summary>
    internal int TakeBlock()
    {
        while (_free[_firstWord] == 0)
            _firstWord++;
        var bit = BitOperations.TrailingZeroCount(_free[_firstWord]);
        _free[_firstWord] &= _free[_firstWord] - 1;
        Used++;
        return _firstWord * WordBits + bit;
    }

    internal void PutBlock(int block)
    {
        var word = block / WordBits;
        Debug.Assert((_free[word] & 1ul << block) == 0, "A block came back twice.");
        _free[word] |= 1ul << block;
        _firstWord = Math.Min(_firstWord, word);
        Used--;
    }

    internal int OffsetOf(int block) => slab.OffsetOf(unit) + block * BlockSize;

    private void MarkAllFree()
    {
        for (var word = 0; word < _free.Length; word++)
        {
            var left = _capacity - word * WordBits;
            _free[word] = left >= WordBits ? ulong.MaxValue : left > 0 ? (1ul << left) - 1 : 0;
        }
    }
}
