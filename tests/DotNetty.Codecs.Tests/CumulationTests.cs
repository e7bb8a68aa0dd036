using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests;

public sealed class CumulationTests : LeakFreeTests
{
    private static readonly PooledByteBufferAllocator Pool = PooledByteBufferAllocator.Default;

    public static TheoryData<string, ByteToMessageDecoder.CumulationFunc> Both => new()
    {
        { "merge", ByteToMessageDecoder.MergeCumulator },
        { "composition", ByteToMessageDecoder.CompositionCumulation },
    };

    [Theory]
    [MemberData(nameof(Both), DisableDiscoveryEnumeration = true)]
    public void Puts_pieces_together(string name, ByteToMessageDecoder.CumulationFunc cumulate)
    {
        IByteBuffer all = cumulate(Pool, cumulate(Pool, Bytes(1, 2), Bytes(3)), Bytes(4, 5));

        Assert.True("0102030405" == ByteBufferUtil.HexDump(all), name);
        all.Release();
    }

    [Theory]
    [MemberData(nameof(Both), DisableDiscoveryEnumeration = true)]
    public void Takes_the_input_itself_when_nothing_waits(string name, ByteToMessageDecoder.CumulationFunc cumulate)
    {
        IByteBuffer read = Bytes(1).SkipBytes(1);
        IByteBuffer input = Bytes(2);

        IByteBuffer all = cumulate(Pool, read, input);

        Assert.True(ReferenceEquals(input, all), name);
        Assert.Equal(0, read.ReferenceCount);
        all.Release();
    }

    [Theory]
    [MemberData(nameof(Both), DisableDiscoveryEnumeration = true)]
    public void Leaves_a_slice_that_somebody_kept_as_it_was(string name, ByteToMessageDecoder.CumulationFunc cumulate)
    {
        IByteBuffer all = cumulate(Pool, Bytes(1, 2, 3), Bytes(4));
        IByteBuffer kept = all.ReadRetainedSlice(2);

        all = cumulate(Pool, all, Bytes(5, 6, 7));
        all = cumulate(Pool, all, Bytes(8));

        Assert.True("0102" == ByteBufferUtil.HexDump(kept), name);
        Assert.Equal("030405060708", ByteBufferUtil.HexDump(all));
        kept.Release();
        all.Release();
    }

    [Theory]
    [MemberData(nameof(Both), DisableDiscoveryEnumeration = true)]
    public void Never_writes_into_an_array_that_was_wrapped(string name, ByteToMessageDecoder.CumulationFunc cumulate)
    {
        byte[] array = [1, 2, 3];
        IByteBuffer wrapped = Unpooled.WrappedBuffer(array).SkipBytes(2);

        IByteBuffer all = cumulate(Pool, wrapped, Bytes(9));

        Assert.True("0309" == ByteBufferUtil.HexDump(all), name);
        Assert.Equal([1, 2, 3], array);
        all.Release();
    }

    [Fact]
    public void A_large_message_in_small_pieces_is_moved_a_few_times_only()
    {
        var decoder = new ScriptedDecoder((_, _, _) => { });
        var channel = new EmbeddedChannel(decoder);
        var homes = new HashSet<IByteBuffer>(ReferenceEqualityComparer.Instance);
        var sizes = new HashSet<int>();

        for (int i = 0; i < 1024; i++)
        {
            channel.WriteInbound(Pool.Buffer(1024).WriteZero(1024));
            homes.Add(decoder.Waiting);
            sizes.Add(decoder.Waiting.StorageSize);
        }

        Assert.Equal(1024 * 1024, decoder.WaitingBytes);
        Assert.InRange(homes.Count, 1, 12);
        Assert.InRange(sizes.Max(), 1024 * 1024, 2 * 1024 * 1024);
        channel.Finish();
    }

    [Fact]
    public void A_message_that_trickles_in_is_not_moved_at_every_byte()
    {
        var decoder = new ScriptedDecoder((_, _, _) => { });
        var channel = new EmbeddedChannel(decoder);
        int moves = 0;
        IByteBuffer? home = null;

        for (int i = 0; i < 4096; i++)
        {
            channel.WriteInbound(Bytes(1));
            moves += ReferenceEquals(home, decoder.Waiting) ? 0 : 1;
            home = decoder.Waiting;
        }

        Assert.InRange(moves, 1, 16);
        channel.Finish();
    }
}
