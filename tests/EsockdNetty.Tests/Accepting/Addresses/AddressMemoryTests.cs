using System.Net;
using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Bans;
using EsockdNetty.Tests.Rebinding;
using EsockdNetty.TestSupport;

namespace EsockdNetty.Tests.Accepting.Addresses;

/// <summary>What two million distinct addresses cost. Alone in the process, which the memory is measured of.</summary>
[Collection(LeakCheckedCollection.Name)]
public sealed class AddressMemoryTests
{
    private const int Addresses = 2_000_000;
    private const long MostBytes = 32 << 20;

    private static readonly ClientAddress[] Living = [.. Enumerable.Range(Addresses, 10_000).Select(Numbered)];

    private readonly HandTime _time = new();

    [Fact]
    public void Two_million_addresses_that_connect_abuse_and_leave_cost_32_MiB_at_most_and_live_limits_stay_exact()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var limit = new AddressLimit(time: _time) { MaxConnections = 2, Rate = new AddressRate(1000, TimeSpan.FromSeconds(1)) };
        var bans = new BanList(time: _time);
        var score = new BanScore(bans, new BanOptions { BadFraming = 1, Threshold = 2 }, _time);
        bool exact = Take(limit, Living, [null, null]);

        for (int i = 0; i < Addresses; i++)
        {
            ClientAddress client = Numbered(i);
            exact &= !bans.IsBanned(client) && limit.TryTake(client) is null;
            score.Report(client, Abuse.BadFraming);
            if (i % 16 == 0)
            {
                exact &= score.Report(client, Abuse.BadFraming);
            }

            limit.Release(client);
        }

        long cost = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(cost <= MostBytes, $"{cost} bytes are kept.");
        Assert.True(exact && Take(limit, Living, [RefusalReason.AddressLimit]));
        Assert.Equal(BanList.Capacity, bans.List().Count);
    }

    [Fact]
    public void The_memory_of_those_who_lived_at_one_time_goes_with_them()
    {
        const int Live = 500_000;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var limit = new AddressLimit(time: _time) { MaxConnections = 1 };
        for (int i = 0; i < Live; i++)
        {
            Assert.Null(limit.TryTake(Numbered(i)));
        }

        for (int i = 0; i < Live; i++)
        {
            Assert.Equal(RefusalReason.AddressLimit, limit.TryTake(Numbered(i)));
            limit.Release(Numbered(i));
        }

        long cost = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(cost <= 1 << 20, $"{cost} bytes are kept.");
        GC.KeepAlive(limit);
    }

    private static bool Take(AddressLimit limit, ClientAddress[] clients, RefusalReason?[] expected) =>
        clients.All(client => expected.All(reason => limit.TryTake(client) == reason));

    // Each in a prefix of its own.
    private static ClientAddress Numbered(int i) =>
        ClientAddress.Of(new IPAddress([0x20, 0x02, 0, 0, (byte)(i >> 24), (byte)(i >> 16), (byte)(i >> 8), (byte)i, 0, 0, 0, 0, 0, 0, 0, 1]));
}
