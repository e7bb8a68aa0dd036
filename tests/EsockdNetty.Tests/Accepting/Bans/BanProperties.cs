using System.Net;
using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Bans;
using EsockdNetty.Tests.Rebinding;
using FsCheck;
using FsCheck.Fluent;

namespace EsockdNetty.Tests.Accepting.Bans;

public sealed class BanProperties
{
    private static readonly IPNetwork[] Blocks =
        [.. new[] { "10.0.0.1/32", "10.0.0.2/32", "10.0.0.0/8", "10.0.0.0/30", "0.0.0.0/0", "2001:db8::/64", "2001:db8::/32", "::/0" }.Select(IPNetwork.Parse)];

    private static readonly IPAddress[] Clients =
        [.. new[] { "10.0.0.1", "10.0.0.2", "10.9.9.9", "192.0.2.7", "2001:db8::1", "2001:db8:1::1", "fe80::1" }.Select(IPAddress.Parse)];

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void Any_bans_liftings_and_passings_of_time_go_as_in_a_dictionary() =>
        Prop.ForAll(Arb.From(Gen.ListOf(Operation())), operations =>
        {
            var time = new HandTime();
            var bans = new BanList(time: time);
            var model = new Dictionary<IPNetwork, long>();
            return operations.All(operation => Apply(operation, bans, model, time) && Same(bans, model, time.GetTimestamp()));
        }).Check(Many);

    [Fact]
    public void Any_entries_leave_the_heap_in_the_order_in_which_they_end_wherever_others_were_taken_out() =>
        Prop.ForAll(Arb.From(Gen.ListOf(Gen.Choose(0, 20))), Arb.From(Gen.Choose(0, int.MaxValue)), (expiries, seed) =>
        {
            var random = new Random(seed);
            var heap = new ExpiryHeap();
            List<BanEntry> model = [.. expiries.Select(expiry => new BanEntry(default, expiry, ""))];
            model.ForEach(heap.Add);
            foreach (BanEntry entry in model.Where(_ => random.Next(3) == 0).ToList())
            {
                heap.Remove(entry);
                model.Remove(entry);
            }

            return model.Select(entry => entry.Expiry).Order().SequenceEqual(Drain(heap));
        }).Check(Many);

    private static IEnumerable<long> Drain(ExpiryHeap heap)
    {
        while (heap.First is { } first)
        {
            heap.Remove(first);
            yield return first.Expiry;
        }
    }

    private static bool Apply((int Kind, int Block, int Seconds) operation, BanList bans, Dictionary<IPNetwork, long> model, HandTime time)
    {
        IPNetwork block = Blocks[operation.Block];
        long now = time.GetTimestamp();
        switch (operation.Kind)
        {
            case <= 4:
                long expiry = now + TimeSpan.FromSeconds(operation.Seconds).Ticks;
                model[block] = Math.Max(model.GetValueOrDefault(block), expiry);
                bans.Ban(block, TimeSpan.FromSeconds(operation.Seconds), "test");
                return true;
            case <= 6:
                bool held = model.Remove(block, out long until) && until > now;
                return bans.Lift(block) == held;
            default:
                time.Advance(TimeSpan.FromSeconds(operation.Seconds));
                return true;
        }
    }

    private static bool Same(BanList bans, Dictionary<IPNetwork, long> model, long now)
    {
        List<KeyValuePair<IPNetwork, long>> live = [.. model.Where(ban => ban.Value > now)];
        return Clients.All(client => bans.IsBanned(ClientAddress.Of(client)) == live.Exists(ban => ban.Key.Contains(client)))
            && bans.List().Select(ban => (ban.Block, ban.Remaining.Ticks + now)).ToHashSet().SetEquals(live.Select(ban => (ban.Key, ban.Value)));
    }

    private static Gen<(int Kind, int Block, int Seconds)> Operation() =>
        from kind in Gen.Choose(0, 9)
        from block in Gen.Choose(0, Blocks.Length - 1)
        from seconds in Gen.Choose(1, 10)
        select (kind, block, seconds);
}
