using EsockdNetty.Accepting;
using EsockdNetty.Accepting.Addresses;
using FsCheck;
using FsCheck.Fluent;

namespace EsockdNetty.Tests.Accepting.Addresses;

public sealed class AddressLimitProperties
{
    private const int Addresses = 5;

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void Any_operations_count_as_a_dictionary_does_and_permits_sum_to_zero_at_the_end() =>
        Prop.ForAll(Arb.From(Gen.ListOf(Operation())), operations => Counts(operations)).Check(Many);

    [Fact]
    public void Any_comings_and_goings_of_many_addresses_leave_no_count_behind() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
        {
            var random = new Random(seed);
            var counts = new AddressCounts();
            var live = new Dictionary<AddressKey, int>();
            for (int i = 0; i < 3000; i++)
            {
                // More and more of them at first, then fewer and fewer, so that the table grows and shrinks.
                bool comes = random.Next(3000) > i;
                var address = new AddressKey((ulong)random.Next(500), 0);
                int before = live.GetValueOrDefault(address);
                if (comes && counts.TryTake(address, 3) != before < 3)
                {
                    return false;
                }

                if (!comes && before > 0)
                {
                    counts.Release(address);
                }

                live[address] = comes ? Math.Min(before + 1, 3) : Math.Max(before - 1, 0);
            }

            return live.All(pair => counts.CountOf(pair.Key) == pair.Value) && Enumerable.Range(0, 500).All(i => GoesToZero(counts, new AddressKey((ulong)i, 0)));
        }).Check(Many.WithMaxTest(20));

    private static bool GoesToZero(AddressCounts counts, AddressKey address)
    {
        while (counts.CountOf(address) > 0)
        {
            counts.Release(address);
        }

        return counts.TryTake(address, 1);
    }

    private static bool Counts(IList<(int Client, int Kind)> operations)
    {
        var limit = new AddressLimit();
        int[] live = new int[Addresses];
        int? most = null;
        foreach ((int client, int kind) in operations)
        {
            ClientAddress address = Client(client);
            switch (kind)
            {
                case <= 4:
                    RefusalReason? expected = live[client] < (most ?? int.MaxValue) ? null : RefusalReason.AddressLimit;
                    if (limit.TryTake(address) != expected)
                    {
                        return false;
                    }

                    live[client] += expected is null ? 1 : 0;
                    break;
                case <= 7 when live[client] > 0:
                    limit.Release(address);
                    live[client]--;
                    break;
                default:
                    most = client == 0 ? null : client;
                    limit.MaxConnections = most;
                    break;
            }
        }

        for (int i = 0; i < Addresses; i++)
        {
            if (limit.CountOf(Client(i)) != live[i])
            {
                return false;
            }

            for (; live[i] > 0; live[i]--)
            {
                limit.Release(Client(i));
            }
        }

        return Enumerable.Range(0, Addresses).All(i => limit.CountOf(Client(i)) == 0);
    }

    private static Gen<(int Client, int Kind)> Operation() =>
        from client in Gen.Choose(0, Addresses - 1)
        from kind in Gen.Choose(0, 9)
        select (client, kind);

    private static ClientAddress Client(int i) => ClientAddress.Of(new System.Net.IPAddress([192, 0, 2, (byte)i]));
}
