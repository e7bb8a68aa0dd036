using EsockdNetty.Accepting.Addresses;

namespace EsockdNetty.Tests.Accepting.Addresses;

public sealed class AddressTableTests
{
    private readonly AddressTable _table = new();

    [Fact]
    public void Remembers_an_address_until_its_time()
    {
        var address = new AddressKey(1, 2);

        Keep(address, until: 10, count: 3);

        Assert.Equal(3, _table.Of(address, 9).Count);
        Assert.Equal(0, _table.Of(address, 10).Count);
    }

    [Fact]
    public void The_address_of_zeros_is_one_like_any_other()
    {
        Assert.Equal((0, 0L), (_table.Of(default, 5).Count, _table.Of(default, 5).Until));

        Keep(default, until: 10, count: 3);

        Assert.Equal(3, _table.Of(default, 5).Count);
    }

    [Fact]
    public void Remembers_65_536_addresses_with_hardly_a_loss()
    {
        const int Addresses = 65_536;
        for (ulong i = 0; i < Addresses; i++)
        {
            Keep(new AddressKey(i, 0), until: 10, count: 1);
        }

        int remembered = 0;
        for (ulong i = 0; i < Addresses; i++)
        {
            remembered += _table.Of(new AddressKey(i, 0), 5).Count;
        }

        // Three sets of a thousand are over full, and looking for what is gone pushes another out.
        Assert.InRange(remembered, Addresses * 98L / 100, Addresses);
    }

    [Fact]
    public void A_flood_of_addresses_that_count_little_leaves_the_one_that_counts_much()
    {
        var worst = new AddressKey(ulong.MaxValue, 0);
        Keep(worst, until: 10, count: 2);

        KeepAMillion(until: 11, count: 1);

        Assert.Equal(2, _table.Of(worst, 5).Count);
    }

    [Fact]
    public void Of_those_that_count_the_same_the_first_to_end_leaves()
    {
        var latest = new AddressKey(ulong.MaxValue, 0);
        Keep(latest, until: 1000, count: 0);

        KeepAMillion(until: 999, count: 0);

        Assert.Equal(1000, _table.Of(latest, 5).Until);
    }

    [Fact]
    public void What_is_over_makes_room_before_anything_else()
    {
        KeepAMillion(until: 10, count: 100);

        var late = new AddressKey(ulong.MaxValue, 0);
        Keep(late, until: 20, count: 1, now: 10);
        for (ulong i = 0; i < 50_000; i++)
        {
            Keep(new AddressKey(i, 1), until: 20, count: 2, now: 10);
        }

        Assert.Equal(1, _table.Of(late, 15).Count);
    }

    private void KeepAMillion(long until, int count)
    {
        for (ulong i = 0; i < 1_000_000; i++)
        {
            Keep(new AddressKey(i, 0), until, count);
        }
    }

    private void Keep(AddressKey address, long until, int count, long now = 5)
    {
        ref AddressTable.Entry entry = ref _table.Of(address, now);
        entry.Until = until;
        entry.Count = count;
    }
}
