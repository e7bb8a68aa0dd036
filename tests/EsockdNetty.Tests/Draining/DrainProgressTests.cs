using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Draining;

namespace EsockdNetty.Tests.Draining;

/// <summary>What a drain tells of itself; two quiet connections, which end at 20 ms and 4.02 s of ten seconds.</summary>
public sealed class DrainProgressTests
{
    private static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);

    private readonly ListedProgress _progress = new();

    [Fact]
    public async Task Tells_at_the_beginning_and_once_for_each_change()
    {
        DrainByHand drain = Begin(_progress);

        drain.Advance(5_000);
        await drain.Ended();

        Assert.Equal([2, 1, 0], _progress.Remaining);
        Assert.Equal(
            [new DrainProgress(2, 2, TimeSpan.Zero, Ten), new DrainProgress(2, 1, DrainByHand.Round * 2, Ten)],
            _progress.Told.Take(2));
        Assert.Equal((2, 0, Ten), (_progress.Told[2].AtStart, _progress.Told[2].Remaining, _progress.Told[2].Timeout));
    }

    [Fact]
    public async Task Tells_of_an_empty_listener_that_it_is_empty()
    {
        var drain = new DrainByHand(new DrainOptions { Timeout = Ten, Progress = _progress });

        drain.Begin();
        await drain.Ended();

        Assert.Equal([new DrainProgress(0, 0, TimeSpan.Zero, Ten)], _progress.Told);
    }

    [Fact]
    public async Task Whoever_asks_later_is_told_from_then_on_of_the_deadline_there_is()
    {
        var later = new ListedProgress();
        DrainByHand drain = Begin(_progress);

        drain.Advance(100);
        drain.Hasten(new DrainOptions { Timeout = TimeSpan.FromSeconds(2), Progress = later });
        drain.Advance(2_000);
        await drain.Ended();

        Assert.Equal([2, 1, 0], _progress.Remaining);
        Assert.Equal((0, TimeSpan.FromSeconds(2.1)), (Assert.Single(later.Told).Remaining, later.Told[0].Timeout));
    }

    [Fact]
    public async Task Whoever_is_told_and_throws_keeps_neither_the_others_from_being_told_nor_the_listener_from_ending()
    {
        DrainByHand drain = Begin(new Acting(static () => throw new InvalidTimeZoneException()));
        drain.Hasten(new DrainOptions { Timeout = Ten, Progress = _progress });

        drain.Advance(5_000);
        await drain.Ended();

        Assert.Equal([1, 0], _progress.Remaining);
    }

    [Fact]
    public async Task Whoever_is_told_may_ask_for_a_sooner_end_and_who_is_to_be_told_of_it()
    {
        DrainByHand? drain = null;
        drain = Begin(new Acting(() => drain?.Hasten(new DrainOptions { Timeout = TimeSpan.FromSeconds(1), Progress = _progress })));

        drain.Advance(1_100);
        await drain.Ended();

        Assert.Equal(0, _progress.Remaining.Last());
    }

    [Fact]
    public async Task Tells_of_the_last_one_that_was_reset()
    {
        var drain = new DrainByHand(new DrainOptions { Timeout = TimeSpan.FromSeconds(1), Progress = _progress });
        EmbeddedChannel busy = drain.ComeBusy();
        drain.Begin();

        drain.Advance(1_000);
        await drain.Ended();

        Assert.False(busy.Open);
        Assert.Equal([1, 0], _progress.Remaining);
    }

    private static DrainByHand Begin(IProgress<DrainProgress> progress)
    {
        var drain = new DrainByHand(new DrainOptions { Timeout = Ten, Progress = progress });
        drain.Come(2);
        drain.Begin();
        return drain;
    }

    private sealed class Acting(Action act) : IProgress<DrainProgress>
    {
        public void Report(DrainProgress value) => act();
    }
}
