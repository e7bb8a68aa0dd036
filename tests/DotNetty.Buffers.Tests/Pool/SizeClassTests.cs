namespace DotNetty.Buffers.Tests.Pool;

public sealed class SizeClassTests
{
    [Theory]
    [InlineData(0, 64)]
    [InlineData(64, 64)]
    [InlineData(65, 128)]
    [InlineData(128, 128)]
    [InlineData(4097, 8192)]
    [InlineData(65536, 65536)]
    [InlineData((512 << 10) + 1, 1 << 20)]
    [InlineData(1 << 20, 1 << 20)]
    [InlineData((1 << 20) + 4, 2 << 20)]
    public void A_block_is_the_next_power_of_two(int bytes, int block) =>
        Assert.Equal(block, SizeClass.BytesOf(SizeClass.Of(bytes)));

    [Fact]
    public void No_block_above_the_smallest_is_twice_of_what_was_asked_for()
    {
        for (var bytes = SizeClass.Smallest; bytes <= SizeClass.Largest; bytes++)
        {
            var block = SizeClass.BytesOf(SizeClass.Of(bytes));
            if (block < bytes || block >= 2 * bytes)
                Assert.Fail($"{block} for {bytes}");
        }
    }

    [Fact]
    public void The_largest_block_is_a_slab() => Assert.Equal(Slab.Size, SizeClass.Largest);
}
