using DotNetty.Common.Utilities;
using ReferenceEqualityComparer = DotNetty.Common.Utilities.ReferenceEqualityComparer;

namespace DotNetty.Common.Tests.Utilities;

public sealed class SmallUtilitiesTests
{
    [Theory]
    [InlineData(0x7FFFFF, 0x7FFFFF, 0x7FFFFF)]
    [InlineData(0x800000, -0x800000, 0x800000)]
    [InlineData(-1, -1, 0xFFFFFF)]
    [InlineData(0x12ABCDEF, -0x543211, 0xABCDEF)]
    public void Mediums_are_24_bits(int value, int asSigned, int asUnsigned)
    {
        Assert.Equal(asSigned, value.ToMediumInt());
        Assert.Equal(asUnsigned, value.ToUnsignedMediumInt());
    }

    [Fact]
    public void Rounds_up_to_powers_of_two()
    {
        Assert.Equal([2, 2, 2, 4, 4, 8, 1 << 30], new[] { 0, 1, 2, 3, 4, 5, 1 << 30 }.Select(IntegerExtensions.RoundUpToPowerOfTwo));
        Assert.Throws<ArgumentOutOfRangeException>(() => IntegerExtensions.RoundUpToPowerOfTwo(int.MaxValue));
        Assert.Equal([0, 1, 1, 10, 31], new[] { 1, 2, 3, 1024, -1 }.Select(IntegerExtensions.Log2));
    }

    [Fact]
    public void Cuts_fills_and_joins_arrays()
    {
        int[] numbers = [1, 2, 3, 4];

        Assert.Equal([1, 2], ArrayExtensions.Slice(numbers, 2));
        Assert.Equal([2, 3], numbers.Slice(1, 2));
        numbers.SetRange(2, [8, 9]);
        numbers.Fill(0, 1, 7);
        Assert.Equal([7, 2, 8, 9], numbers);
        Assert.Equal([1, 2, 3], new byte[][] { [1], [], [2, 3] }.CombineBytes());
    }

    [Fact]
    public void Byte_processors_stop_where_they_say()
    {
        var text = new AsciiString("a \t\r\n;,\0b");

        Assert.Equal(1, text.ForEachByte(ByteProcessor.FindAsciiSpace));
        Assert.Equal(1, text.ForEachByte(ByteProcessor.FindLinearWhitespace));
        Assert.Equal(3, text.ForEachByte(1, 8, ByteProcessor.FindNonLinearWhitespace));
        Assert.Equal(3, text.ForEachByte(ByteProcessor.FindCR));
        Assert.Equal(4, text.ForEachByte(ByteProcessor.FindLF));
        Assert.Equal(3, text.ForEachByte(ByteProcessor.FindCrlf));
        Assert.Equal(5, text.ForEachByte(3, 6, ByteProcessor.FindNonCrlf));
        Assert.Equal(5, text.ForEachByte(ByteProcessor.FindSemicolon));
        Assert.Equal(6, text.ForEachByte(ByteProcessor.FindComma));
        Assert.Equal(7, text.ForEachByte(ByteProcessor.FindNul));
        Assert.Equal(8, text.ForEachByte(7, 2, ByteProcessor.FindNonNul));
        Assert.Equal(4, text.ForEachByte(3, 6, ByteProcessor.FindNonCR));
        Assert.Equal(0, text.ForEachByte(ByteProcessor.FindNonLF));
    }

    [Theory]
    [InlineData("::1", 80, "[::1]:80")]
    [InlineData("fe80::1%eth0", 80, "[fe80::1%eth0]:80")]
    [InlineData("127.0.0.1", 80, "127.0.0.1:80")]
    [InlineData("example.org", 80, "example.org:80")]
    public void Writes_addresses(string host, int port, string expected) => Assert.Equal(expected, NetUtil.ToSocketAddressString(host, port));

    [Fact]
    public void Compares_by_reference()
    {
        var a = new string('x', 1);
        var b = new string('x', 1);

        Assert.False(ReferenceEqualityComparer.Default.Equals(a, b));
        Assert.True(ReferenceEqualityComparer.Default.Equals(a, a));
        Assert.True(new DefaultHashingStrategy<string>().Equals(a, b));
        Assert.Equal(0, new DefaultHashingStrategy<string>().HashCode(null!));
    }

    [Fact]
    public void An_atomic_reference_changes_by_comparison()
    {
        AtomicReference<string> reference = "a";

        Assert.False(reference.CompareAndSet("b", "c"));
        Assert.True(reference.CompareAndSet("a", "c"));
        Assert.Equal("c", reference);
    }

    [Fact]
    public void Shifts_and_draws_whole_longs()
    {
        Assert.Equal(1, (-1).RightUShift(31));
        Assert.Equal(1L, (-1L).RightUShift(63));
        var random = new Random(1);
        Assert.Contains(Enumerable.Range(0, 64), _ => random.NextLong() < 0);
        Assert.Equal("{a=1, b=2}", new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 }.ToDebugString());
    }
}
