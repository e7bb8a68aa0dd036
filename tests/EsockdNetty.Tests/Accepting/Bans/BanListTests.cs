using System.Net;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Bans;
using EsockdNetty.Tests.Rebinding;

namespace EsockdNetty.Tests.Accepting.Bans;

public sealed class BanListTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly HandTime _time = new();
    private readonly BanList _bans;

    public BanListTests() => _bans = new BanList(time: _time);

    [Fact]
    public void A_ban_holds_for_its_time()
    {
        _bans.Ban(Client("192.0.2.7"), Minute, "test");

        _time.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.True(_bans.IsBanned(Client("192.0.2.7")));
        Assert.False(_bans.IsBanned(Client("192.0.2.8")));
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.False(_bans.IsBanned(Client("192.0.2.7")));
        Assert.Empty(_bans.List());
        Assert.True(_bans.IsEmpty);
    }

    [Fact]
    public void A_lifted_ban_holds_no_more()
    {
        _bans.Ban(Client("192.0.2.7"), Minute, "test");

        bool[] lifted = [_bans.Lift(Client("192.0.2.7")), _bans.Lift(Client("192.0.2.7"))];

        Assert.Equal([true, false], lifted);
        Assert.False(_bans.IsBanned(Client("192.0.2.7")));
    }

    [Fact]
    public void A_ban_that_has_ended_is_neither_listed_nor_lifted_though_it_is_there_still()
    {
        _bans.Ban(Client("192.0.2.7"), Minute, "test");

        _time.Advance(Minute);

        Assert.Empty(_bans.List());
        Assert.False(_bans.Lift(Client("192.0.2.7")));
    }

    [Fact]
    public void Bans_an_IPv6_client_with_its_prefix()
    {
        _bans.Ban(Client("2001:db8::1"), Minute, "test");

        Assert.True(_bans.IsBanned(Client("2001:db8::2")));
        Assert.False(_bans.IsBanned(Client("2001:db8:0:1::1")));
        Assert.True(_bans.Lift(Client("2001:db8::3")));
    }

    [Fact]
    public void Bans_a_block_until_that_block_is_lifted()
    {
        _bans.Ban(IPNetwork.Parse("192.0.2.0/24"), Minute, "test");

        Assert.True(_bans.IsBanned(Client("192.0.2.7")));
        Assert.False(_bans.Lift(Client("192.0.2.7")));
        Assert.True(_bans.Lift(IPNetwork.Parse("192.0.2.0/24")));
        Assert.False(_bans.IsBanned(Client("192.0.2.7")));
    }

    [Fact]
    public void No_block_of_one_family_bans_the_other()
    {
        _bans.Ban(IPNetwork.Parse("::/0"), Minute, "test");
        Assert.False(_bans.IsBanned(Client("192.0.2.7")));

        _bans.Lift(IPNetwork.Parse("::/0"));
        _bans.Ban(IPNetwork.Parse("0.0.0.0/0"), Minute, "test");

        Assert.True(_bans.IsBanned(Client("192.0.2.7")));
        Assert.False(_bans.IsBanned(Client("2001:db8::1")));
    }

    [Fact]
    public void Lists_who_is_banned_why_and_for_how_long_the_first_to_end_first()
    {
        _bans.Ban(Client("192.0.2.7"), 2 * Minute, "bad framing");
        _bans.Ban(Client("2001:db8::1"), Minute, "by hand");
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(
            [
                new Ban(IPNetwork.Parse("2001:db8::/64"), TimeSpan.FromSeconds(59), "by hand"),
                new Ban(IPNetwork.Parse("192.0.2.7/32"), TimeSpan.FromSeconds(119), "bad framing"),
            ],
            _bans.List());
    }

    [Fact]
    public void Of_two_bans_of_a_client_the_one_that_ends_later_holds()
    {
        _bans.Ban(Client("192.0.2.7"), 2 * Minute, "first");
        _bans.Ban(Client("192.0.2.7"), Minute, "shorter");
        Assert.Equal("first", Assert.Single(_bans.List()).Reason);

        _bans.Ban(Client("192.0.2.7"), 3 * Minute, "longer");

        Assert.Equal(("longer", 3 * Minute), (_bans.List()[0].Reason, _bans.List()[0].Remaining));
        Assert.Single(_bans.List());
    }

    [Fact]
    public void A_client_that_is_never_banned_is_not_even_with_its_block()
    {
        _bans.NeverBan = [IPNetwork.Parse("192.0.2.0/28"), IPNetwork.Parse("2001:db8::1/128")];
        _bans.Ban(IPNetwork.Parse("192.0.0.0/8"), Minute, "test");

        Assert.False(_bans.Ban(Client("192.0.2.7"), Minute, "test"));
        Assert.False(_bans.IsBanned(Client("192.0.2.7")));
        Assert.True(_bans.IsBanned(Client("192.0.2.77")));
        Assert.True(_bans.Ban(Client("2001:db8::2"), Minute, "test"));
        Assert.False(_bans.IsBanned(Client("2001:db8::1")));
    }

    [Fact]
    public void Never_holds_at_once()
    {
        _bans.Ban(Client("192.0.2.7"), Minute, "test");

        _bans.NeverBan = [IPNetwork.Parse("192.0.2.7/32")];

        Assert.False(_bans.IsBanned(Client("192.0.2.7")));
    }

    [Fact]
    public void Peers_without_an_address_cannot_be_banned()
    {
        Assert.False(_bans.Ban(ClientAddress.Unix, Minute, "test"));
        Assert.False(_bans.Ban(default(ClientAddress), Minute, "test"));
        _bans.Ban(IPNetwork.Parse("::/0"), Minute, "test");

        Assert.False(_bans.IsBanned(ClientAddress.Unix));
        Assert.False(_bans.IsBanned(default));
    }

    [Fact]
    public void A_ban_for_ever_holds()
    {
        _time.Advance(Minute);

        _bans.Ban(Client("192.0.2.7"), TimeSpan.MaxValue, "test");
        _time.Advance(TimeSpan.FromDays(10_000));

        Assert.True(_bans.IsBanned(Client("192.0.2.7")));
    }

    [Fact]
    public void Refuses_a_ban_of_no_duration()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _bans.Ban(Client("192.0.2.7"), TimeSpan.Zero, "test"));
        Assert.Throws<ArgumentOutOfRangeException>(() => _bans.Ban(IPNetwork.Parse("192.0.2.7/32"), -Minute, "test"));
    }

    [Fact]
    public void Above_65_536_bans_the_first_to_end_leaves()
    {
        _bans.Ban(Client("192.0.2.1"), 2 * Minute, "kept");
        _bans.Ban(Client("192.0.2.2"), Minute, "first to end");
        for (int i = 2; i < BanList.Capacity; i++)
        {
            _bans.Ban(Numbered(i), 3 * Minute, "test");
        }

        Assert.True(_bans.IsBanned(Client("192.0.2.2")));
        _bans.Ban(Client("192.0.2.3"), 4 * Minute, "one more");

        Assert.False(_bans.IsBanned(Client("192.0.2.2")));
        Assert.True(_bans.IsBanned(Client("192.0.2.1")));
        Assert.True(_bans.IsBanned(Client("192.0.2.3")));
        Assert.Equal(BanList.Capacity, _bans.List().Count);
    }

    [Fact]
    public void Bans_and_lifts_of_many_threads_leave_nothing_behind()
    {
        Parallel.For(0, 20_000, i =>
        {
            _bans.Ban(Numbered(i), Minute, "test");
            Assert.True(_bans.IsBanned(Numbered(i)));
            Assert.True(_bans.Lift(Numbered(i)));
        });

        Assert.Empty(_bans.List());
        Assert.True(_bans.IsEmpty);
    }

    internal static ClientAddress Numbered(int i) => ClientAddress.Of(new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i]));

    private static ClientAddress Client(string address) => ClientAddress.Of(IPAddress.Parse(address));
}
