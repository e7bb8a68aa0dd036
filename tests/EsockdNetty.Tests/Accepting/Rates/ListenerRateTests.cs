using EsockdNetty.Accepting.Rates;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting.Rates;

public sealed class ListenerRateTests
{
    private static readonly ConnectionRate Two = new(2, TimeSpan.FromHours(1));

    [Fact]
    public void Switched_on_and_off_it_says_whether_there_is_a_token_to_cost()
    {
        var rate = new ListenerRate(null, new ManualTime());

        bool[] limited = [.. new[] { null, Two, null }.Select(next =>
        {
            rate.Change(next);
            return rate.IsLimited;
        })];

        Assert.Equal([false, true, false], limited);
    }
}
