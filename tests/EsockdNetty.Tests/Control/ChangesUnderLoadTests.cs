using EsockdNetty.Accepting;
using EsockdNetty.Tests.Support;
using Xunit.Abstractions;

namespace EsockdNetty.Tests.Control;

/// <summary>
/// A server and its two listeners, a plain one and one with TLS, are changed at random from several threads while a thousand connections echo and others come and
/// go. The seed is told: the same one makes the same changes, though not in the same order between threads.
/// </summary>
public sealed class ChangesUnderLoadTests(ITestOutputHelper output)
{
    private const int Plain = 900;
    private const int Secure = 100;
    private const int Changers = 8;
    private const int ChangesEach = 10;
    private const int PassersAtOnce = 4;
    private const string Separator = ": ";

    [Theory]
    [InlineData(SocketTransport.Epoll)]
    [InlineData(SocketTransport.Sockets)]
    public async Task Eighty_random_changes_lose_none_of_a_thousand_echoes_and_no_permit(SocketTransport transport)
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using OneListener server = await OneListener.Open(OneListener.Echo, server: new SocketServerOptions { Transport = transport, Loops = 2 });
        var tls = new ListenerOptions("tls", "ssl://127.0.0.1:0");
        OneListener.Tls(tls);
        Listener[] listeners = [server.Listener, await server.Server.OpenAsync(tls, OneListener.Echo)];
        await using var crowd = new EchoCrowd();
        await crowd.Join(Plain, () => Peer.Connect(listeners[0]));
        await crowd.Join(Secure, () => Peer.ConnectTls(listeners[1]));
        await using var passers = new Passers(listeners[0], PassersAtOnce);

        crowd.Begin();
        string[][] made = await Task.WhenAll(Enumerable.Range(0, Changers).Select(number => Task.Run(() => Change(server.Server, listeners, new Random(seed + number), crowd))));
        await crowd.End();
        await passers.End();

        output.WriteLine($"{crowd.Echoes} echoes, {passers.Served} passers served\n{string.Join('\n', made.Select(changes => string.Join("; ", changes)))}");
        Assert.Equal(Changers * ChangesEach, made.Sum(changes => changes.Length));
        server.Server.Update(static options => options.MaxConnections = null);
        Assert.All(listeners, listener => Assert.Equal(
            RandomChange.RulesAfter([.. ChangesOf(listener, made)]),
            listener.Access.Rules.Select(static rule => rule.ToString()).Order(StringComparer.Ordinal)));
        await AssertAccountsAgree(listeners[0], Plain);
        await AssertAccountsAgree(listeners[1], Secure);
        Eventually.Equal(Plain + Secure, () => server.Server.Parts.Limit.Count);
    }

    private static IEnumerable<string> ChangesOf(Listener listener, IEnumerable<string[]> made)
    {
        string prefix = listener.Name + Separator;
        return made.SelectMany(static changes => changes).Where(change => change.StartsWith(prefix, StringComparison.Ordinal)).Select(change => change[prefix.Length..]);
    }

    // A change among echoes: some come back between any two.
    private static async Task<string[]> Change(SocketServer server, Listener[] listeners, Random chance, EchoCrowd crowd)
    {
        string[] made = new string[ChangesEach];
        for (int i = 0; i < made.Length; i++)
        {
            Listener listener = listeners[chance.Next(listeners.Length)];
            made[i] = $"{listener.Name}{Separator}{await RandomChange.Make(server, listener, chance).WaitAsync(Eventually.Guard)}";
            long enough = crowd.Echoes + crowd.Count;
            while (crowd.Echoes < enough && !crowd.IsHarmed)
            {
                await Task.Yield();
            }
        }

        return made;
    }

    private static async Task AssertAccountsAgree(Listener listener, int living)
    {
        listener.Update(LetAllIn);
        await listener.SuspendAsync().WaitAsync(Eventually.Guard);
        Eventually.Equal((living, living, living), () => (listener.Limit.Count, listener.ConnectionCount, (int)listener.Statistics.Current));
        Eventually.Equal(0, () => (int)listener.Statistics.Pending);

        await listener.ResumeAsync().WaitAsync(Eventually.Guard);
        using Peer newcomer = listener.Address.IsTls ? await Peer.ConnectTls(listener) : await Peer.Connect(listener);
        Assert.True(await newcomer.IsServed());
    }

    private static void LetAllIn(CommonListenerOptions options)
    {
        options.Limits.OverLimit = OverLimit.Refuse;
        options.Limits.MaxConnections = null;
        options.Limits.MaxPending = null;
        options.Limits.Rate = null;
        options.Limits.PerAddress = new PerAddressOptions();
    }
}
