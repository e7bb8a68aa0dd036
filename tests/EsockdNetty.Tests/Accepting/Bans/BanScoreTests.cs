using System.Net;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Bans;
using EsockdNetty.Tests.Rebinding;

namespace EsockdNetty.Tests.Accepting.Bans;

public sealed class BanScoreTests
{
    private static readonly ClientAddress Client = ClientAddress.Of(IPAddress.Parse("192.0.2.7"));

    private readonly HandTime _time = new();
    private readonly BanList _bans;

    public BanScoreTests() => _bans = new BanList(time: _time);

    [Fact]
    public void Is_off_by_default()
    {
        BanScore score = Score(new BanOptions());

        foreach (Abuse abuse in Enum.GetValues<Abuse>())
        {
            Assert.All(Enumerable.Range(0, 100), _ => Assert.False(score.Report(Client, abuse)));
        }

        Assert.True(_bans.IsEmpty);
    }

    [Fact]
    public void Who_is_never_banned_has_no_points_when_he_may_be_banned_again()
    {
        BanScore score = Score(new BanOptions { BadFraming = 1, Threshold = 2 });
        _bans.NeverBan = [IPNetwork.Parse("192.0.2.0/24")];
        Bad(score);

        _bans.NeverBan = [];

        Assert.False(Bad(score));
    }

    [Fact]
    public void Bans_at_the_threshold_for_the_time_that_was_set()
    {
        BanScore score = Score(new BanOptions { BadFraming = 1, Threshold = 3, Duration = TimeSpan.FromMinutes(5) });

        bool[] banned = [Bad(score), Bad(score), Bad(score)];

        Assert.Equal([false, false, true], banned);
        Assert.Equal([new Ban(IPNetwork.Parse("192.0.2.7/32"), TimeSpan.FromMinutes(5), "bad framing")], _bans.List());
    }

    [Fact]
    public void Adds_up_the_points_of_all_kinds()
    {
        BanScore score = Score(new BanOptions { BadFraming = 4, FailedHandshake = 3, Denied = 2, RateExceeded = 1, Threshold = 10 });

        bool[] banned = [.. Enum.GetValues<Abuse>().Select(abuse => score.Report(Client, abuse))];

        Assert.Equal([false, false, false, true], banned);
    }

    [Fact]
    public void Forgets_points_a_window_after_the_first_of_them()
    {
        BanScore score = Score(new BanOptions { BadFraming = 1, Threshold = 3, Window = TimeSpan.FromSeconds(60) });
        Bad(score);
        _time.Advance(TimeSpan.FromSeconds(59));
        Bad(score);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([false, false, true], [Bad(score), Bad(score), Bad(score)]);
    }

    [Fact]
    public void Counts_all_that_came_within_the_window_whole()
    {
        BanScore score = Score(new BanOptions { BadFraming = 1, Threshold = 3, Window = TimeSpan.FromSeconds(60) });
        Bad(score);
        _time.Advance(TimeSpan.FromSeconds(30));
        Bad(score);
        _time.Advance(TimeSpan.FromSeconds(29));

        Assert.True(Bad(score));
    }

    [Fact]
    public void Begins_at_zero_after_a_ban()
    {
        BanScore score = Score(new BanOptions { BadFraming = 1, Threshold = 2, Duration = TimeSpan.FromSeconds(1) });
        Bad(score);
        Bad(score);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([false, true], [Bad(score), Bad(score)]);
    }

    [Fact]
    public void Each_client_has_a_score_of_its_own_and_an_IPv6_prefix_one()
    {
        BanScore score = Score(new BanOptions { BadFraming = 1, Threshold = 2 });

        Assert.False(Bad(score, "192.0.2.7"));
        Assert.False(Bad(score, "192.0.2.8"));
        Assert.False(Bad(score, "2001:db8::1"));
        Assert.True(Bad(score, "2001:db8::2"));
        Assert.True(_bans.IsBanned(ClientAddress.Of(IPAddress.Parse("2001:db8::3"))));
    }

    [Fact]
    public void Who_is_never_banned_gets_no_points_and_nor_does_who_has_no_address()
    {
        BanScore score = Score(new BanOptions { BadFraming = 1, Threshold = 1 });
        _bans.NeverBan = [IPNetwork.Parse("192.0.2.0/24")];

        Assert.False(Bad(score));
        Assert.False(score.Report(ClientAddress.Unix, Abuse.BadFraming));
        Assert.False(score.Report(default, Abuse.BadFraming));
        Assert.True(_bans.IsEmpty);
    }

    [Fact]
    public void Other_options_hold_at_once_and_points_stay()
    {
        BanScore score = Score(new BanOptions { BadFraming = 1, Threshold = 10 });
        Bad(score);

        score.Change(new BanOptions { BadFraming = 1, Threshold = 2 });

        Assert.True(Bad(score));
    }

    [Fact]
    public void Options_are_copied_and_bad_ones_change_nothing()
    {
        var options = new BanOptions { BadFraming = 1, Threshold = 2 };
        BanScore score = Score(options);

        options.BadFraming = null;
        ListenerOptionsException thrown = Assert.Throws<ListenerOptionsException>(() => score.Change(new BanOptions { Threshold = 0, Denied = 0 }));

        Assert.Equal(2, thrown.Faults.Count);
        Assert.Equal([false, true], [Bad(score), Bad(score)]);
    }

    [Fact]
    public void Counts_exactly_while_many_threads_report()
    {
        BanScore score = Score(new BanOptions { BadFraming = 1, Threshold = 100 });
        int bans = 0;

        Parallel.For(0, 10_000, _ =>
        {
            if (Bad(score))
            {
                Interlocked.Increment(ref bans);
            }
        });

        Assert.Equal(100, bans);
    }

    private static bool Bad(BanScore score) => score.Report(Client, Abuse.BadFraming);

    private static bool Bad(BanScore score, string address) => score.Report(ClientAddress.Of(IPAddress.Parse(address)), Abuse.BadFraming);

    private BanScore Score(BanOptions options) => new(_bans, options, _time);
}
