using EsockdNetty.Accepting;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;

namespace EsockdNetty.Tests.Statistics;

public sealed class ReasonWordsTests
{
    [Fact]
    public void Words_are_written_in_small_letters_with_underscores()
    {
        Assert.Equal("max_connections", RefusalReason.MaxConnections.Word());
        Assert.Equal("slow_consumer", CloseReason.SlowConsumer.Word());
        Assert.Equal("idle", CloseReason.Idle.Word());
    }

    [Fact]
    public void Every_reason_has_a_word_of_its_own()
    {
        Assert.Equal(Enum.GetValues<RefusalReason>().Length, Enum.GetValues<RefusalReason>().Select(ReasonWords.Word).Distinct().Count());
        Assert.Equal(Enum.GetValues<CloseReason>().Length, Enum.GetValues<CloseReason>().Select(ReasonWords.Word).Distinct().Count());
    }

    [Fact]
    public void Statistics_write_them_the_most_frequent_first()
    {
        var statistics = new ListenerStatistics
        {
            Accepted = 9,
            Refused = new Dictionary<RefusalReason, long> { [RefusalReason.MaxConnections] = 2, [RefusalReason.DescriptorReserve] = 5 },
        };

        Assert.StartsWith("accepted 9, current 0, pending 0, refused 7 (descriptor_reserve 5, max_connections 2), closed 0, ", statistics.ToString(), StringComparison.Ordinal);
    }
}
