namespace DotNetty.Transport.Epoll.Tests;

public class SpinLimitTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(8, 4)]
    public void Every_second_processor_may_be_spun_on(int usable, int loops) => Assert.Equal(loops, SpinLimit.Of(usable, allowed: usable, online: 64));

    [Fact]
    public void A_process_held_to_one_processor_of_several_may_spin_on_it() => Assert.Equal(1, SpinLimit.Of(usable: 1, allowed: 1, online: 2));

    [Fact]
    public void The_only_processor_of_a_machine_is_left_to_others() => Assert.Equal(0, SpinLimit.Of(usable: 1, allowed: 1, online: 1));

    [Fact]
    public void A_quota_below_two_processors_is_left_to_the_work() => Assert.Equal(0, SpinLimit.Of(usable: 1, allowed: 8, online: 8));

    [Fact]
    public void What_the_system_does_not_tell_counts_as_a_quota() => Assert.Equal(0, SpinLimit.Of(usable: 1, allowed: 0, online: -1));

    [Fact]
    public void Reads_this_machine() => Assert.InRange(SpinLimit.Read(), Environment.ProcessorCount / 2, Math.Max(1, Environment.ProcessorCount / 2));
}
