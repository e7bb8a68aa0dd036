using System.Net;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Tests.Rebinding;

namespace EsockdNetty.Tests.Accepting.Addresses;

public sealed class AddressLimitTests
{
    private readonly HandTime _time = new();
    private readonly AddressLimit _limit;

    public AddressLimitTests() => _limit = new AddressLimit(time: _time);

    [Fact]
    public void Lets_in_whom_no_limit_was_set_for_and_counts_all_the_same()
    {
        RefusalReason?[] reasons = Take("192.0.2.7", 3);

        Assert.All(reasons, Assert.Null);
        Assert.Equal(3, _limit.CountOf(Client("192.0.2.7")));
    }

    [Fact]
    public void Gives_each_address_as_many_connections_as_the_limit_says()
    {
        _limit.MaxConnections = 2;

        Assert.Equal([null, null, RefusalReason.AddressLimit], Take("192.0.2.7", 3));
        Assert.Equal([null, null, RefusalReason.AddressLimit], Take("192.0.2.8", 3));
    }

    [Fact]
    public void Without_a_rate_any_more_an_address_connects_as_fast_as_it_likes()
    {
        _limit.Rate = new AddressRate(1, TimeSpan.FromHours(1));
        Take("192.0.2.7", 1);

        _limit.Rate = null;

        Assert.Equal([null, null], Take("192.0.2.7", 2));
    }

    [Fact]
    public void One_IPv6_prefix_is_one_client()
    {
        _limit.MaxConnections = 2;
        Take("2001:db8::1", 1);
        Take("2001:db8::2", 1);

        Assert.Equal([RefusalReason.AddressLimit], Take("2001:db8::3", 1));
        Assert.Equal([null], Take("2001:db8:0:1::1", 1));
    }

    [Fact]
    public void The_prefix_may_be_another()
    {
        var limit = new AddressLimit(ipv6Prefix: 48) { MaxConnections = 1 };
        limit.TryTake(Client("2001:db8::1"));

        Assert.Equal(RefusalReason.AddressLimit, limit.TryTake(Client("2001:db8:0:1::1")));
        Assert.Null(limit.TryTake(Client("2001:db8:1::1")));
    }

    [Fact]
    public void Gives_a_returned_permit_again()
    {
        _limit.MaxConnections = 1;
        Take("192.0.2.7", 1);

        _limit.Release(Client("192.0.2.7"));

        Assert.Equal([null], Take("192.0.2.7", 1));
    }

    [Fact]
    public void Refuses_to_take_back_what_nobody_took() => Assert.Throws<InvalidOperationException>(() => _limit.Release(Client("192.0.2.7")));

    [Fact]
    public void A_limit_set_later_holds_for_those_who_live_already_and_keeps_them()
    {
        Take("192.0.2.7", 3);

        _limit.MaxConnections = 2;
        _limit.Release(Client("192.0.2.7"));

        Assert.Equal([RefusalReason.AddressLimit], Take("192.0.2.7", 1));
        _limit.Release(Client("192.0.2.7"));
        Assert.Equal([null], Take("192.0.2.7", 1));
    }

    [Fact]
    public void A_limit_raised_or_taken_away_holds_at_once()
    {
        _limit.MaxConnections = 1;
        Take("192.0.2.7", 1);

        _limit.MaxConnections = 2;
        Assert.Equal([null, RefusalReason.AddressLimit], Take("192.0.2.7", 2));
        _limit.MaxConnections = null;

        Assert.Equal([null], Take("192.0.2.7", 1));
        Assert.Null(_limit.MaxConnections);
    }

    [Fact]
    public void Peers_without_an_address_have_no_limit()
    {
        _limit.MaxConnections = 1;
        _limit.Rate = new AddressRate(1, TimeSpan.FromHours(1));

        for (int i = 0; i < 3; i++)
        {
            Assert.Null(_limit.TryTake(ClientAddress.Unix));
            Assert.Null(_limit.TryTake(default));
        }

        _limit.Release(ClientAddress.Unix);
        _limit.Release(default);
        Assert.Equal(0, _limit.CountOf(ClientAddress.Unix));
    }

    [Fact]
    public void Admits_as_many_at_once_as_the_rate_says_then_one_each_time_its_share_has_passed()
    {
        _limit.Rate = new AddressRate(3, TimeSpan.FromSeconds(3));

        Assert.Equal([null, null, null, RefusalReason.AddressRate], Take("192.0.2.7", 4));
        _time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Equal([RefusalReason.AddressRate], Take("192.0.2.7", 1));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal([null, RefusalReason.AddressRate], Take("192.0.2.7", 2));
    }

    [Fact]
    public void However_long_it_was_away_an_address_has_no_more_at_once_than_the_rate_says()
    {
        _limit.Rate = new AddressRate(2, TimeSpan.FromSeconds(1));
        Take("192.0.2.7", 2);

        _time.Advance(TimeSpan.FromDays(100));

        Assert.Equal([null, null, RefusalReason.AddressRate], Take("192.0.2.7", 3));
    }

    [Fact]
    public void Each_address_has_a_rate_of_its_own()
    {
        _limit.Rate = new AddressRate(1, TimeSpan.FromSeconds(1));
        Take("192.0.2.7", 1);

        Assert.Equal([null], Take("192.0.2.8", 1));
        Assert.Equal([RefusalReason.AddressRate], Take("192.0.2.7", 1));
    }

    [Fact]
    public void Who_is_refused_for_his_rate_holds_no_connection()
    {
        _limit.Rate = new AddressRate(1, TimeSpan.FromSeconds(1));

        Take("192.0.2.7", 3);

        Assert.Equal(1, _limit.CountOf(Client("192.0.2.7")));
    }

    [Fact]
    public void Who_is_refused_for_his_connections_spends_no_token()
    {
        _limit.MaxConnections = 1;
        _limit.Rate = new AddressRate(2, TimeSpan.FromHours(1));
        Take("192.0.2.7", 3);

        _limit.Release(Client("192.0.2.7"));

        Assert.Equal([null], Take("192.0.2.7", 1));
    }

    [Fact]
    public void Another_rate_begins_anew_and_the_same_one_goes_on()
    {
        _limit.Rate = new AddressRate(1, TimeSpan.FromDays(1));
        Take("192.0.2.7", 1);

        _limit.Rate = new AddressRate(1, TimeSpan.FromDays(1));
        Assert.Equal([RefusalReason.AddressRate], Take("192.0.2.7", 1));
        _limit.Rate = new AddressRate(1, TimeSpan.FromHours(1));

        Assert.Equal([null, RefusalReason.AddressRate], Take("192.0.2.7", 2));
    }

    [Fact]
    public void Refuses_values_out_of_range()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _limit.MaxConnections = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => _limit.Rate = new AddressRate(0, TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _limit.Rate = new AddressRate(1, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => _limit.Rate = new AddressRate(1, TimeSpan.FromDays(2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AddressLimit(ipv6Prefix: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AddressLimit(ipv6Prefix: 129));
    }

    [Fact]
    public void Counts_exactly_while_many_threads_take_and_return()
    {
        _limit.MaxConnections = 3;
        int[] live = new int[4];
        int[] most = new int[4];

        Parallel.For(0, 100_000, i =>
        {
            int which = i % live.Length;
            ClientAddress client = Client($"192.0.2.{which}");
            if (_limit.TryTake(client) is null)
            {
                int now = Interlocked.Increment(ref live[which]);
                most[which] = Math.Max(most[which], now);
                Interlocked.Decrement(ref live[which]);
                _limit.Release(client);
            }
        });

        Assert.All(most, count => Assert.InRange(count, 1, 3));
        Assert.All(Enumerable.Range(0, live.Length), i => Assert.Equal(0, _limit.CountOf(Client($"192.0.2.{i}"))));
    }

    private static ClientAddress Client(string address) => ClientAddress.Of(IPAddress.Parse(address));

    private RefusalReason?[] Take(string address, int times) => [.. Enumerable.Range(0, times).Select(_ => _limit.TryTake(Client(address)))];
}
