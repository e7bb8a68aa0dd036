using EsockdNetty.Rebinding;

namespace EsockdNetty.Tests.Rebinding;

public sealed class RestartIntensityTests
{
    private readonly HandTime _time = new();
    private readonly RestartIntensity _intensity;

    public RestartIntensityTests() => _intensity = new RestartIntensity(_time);

    [Fact]
    public void Pauses_double_from_100_ms_to_30_s()
    {
        TimeSpan?[] pauses = [.. Enumerable.Range(0, 10).Select(_ => NextAfterThePause())];

        Assert.Equal([100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 30000], pauses.Select(pause => pause!.Value.TotalMilliseconds));
    }

    [Fact]
    public void Tries_that_take_their_time_do_not_begin_the_pauses_anew()
    {
        TimeSpan? last = null;
        for (int i = 0; i < 10; i++)
        {
            last = NextAfterThePause();
            _time.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Equal(TimeSpan.FromSeconds(30), last);
    }

    [Fact]
    public void The_eleventh_try_within_an_hour_is_one_too_many()
    {
        for (int i = 0; i < 10; i++)
        {
            NextAfterThePause();
        }

        Assert.Null(_intensity.Next());
    }

    [Fact]
    public void A_try_is_forgotten_after_an_hour()
    {
        for (int i = 0; i < 10; i++)
        {
            NextAfterThePause();
        }

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(TimeSpan.FromMilliseconds(100), _intensity.Next());
    }

    [Fact]
    public void A_loss_after_a_quiet_time_is_answered_as_fast_as_the_first()
    {
        NextAfterThePause();
        NextAfterThePause();

        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(TimeSpan.FromMilliseconds(100), _intensity.Next());
    }

    private TimeSpan? NextAfterThePause()
    {
        TimeSpan? pause = _intensity.Next();
        _time.Advance(pause ?? TimeSpan.Zero);
        return pause;
    }
}
