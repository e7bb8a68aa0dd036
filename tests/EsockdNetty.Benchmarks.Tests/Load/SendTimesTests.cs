using EsockdNetty.Benchmarks.Load;

namespace EsockdNetty.Benchmarks.Tests.Load;

public class SendTimesTests
{
    [Fact]
    public void Each_message_has_the_time_it_was_sent_at_however_they_come_back()
    {
        var times = new SendTimes(4);
        times.Add(10, 3);
        times.Add(20, 1);

        Assert.Equal((10, 2), times.Take(2));
        Assert.Equal((10, 1), times.Take(4));
        Assert.Equal((20, 1), times.Take(4));
    }

    [Fact]
    public void As_many_entries_as_messages_fit_again_and_again()
    {
        var times = new SendTimes(2);
        times.Add(-1, 1);
        for (int i = 0; i < 5; i++)
        {
            times.Add(i, 0);
            times.Add(i, 1);
            Assert.Equal((i - 1, 1), times.Take(1));
        }
    }
}
