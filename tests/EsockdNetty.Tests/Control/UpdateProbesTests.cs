using EsockdNetty.Tests.Control.Probing;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control;

/// <summary>Every option of a listener is changed while it runs, by itself: a newcomer meets the new value, and nobody and nothing else is touched.</summary>
public sealed class UpdateProbesTests
{
    public static TheoryData<SocketTransport, string> Options
    {
        get
        {
            var all = new TheoryData<SocketTransport, string>();
            foreach (string path in Probes.All.Select(static probe => probe.Path))
            {
                all.Add(SocketTransport.Epoll, path);
                all.Add(SocketTransport.Sockets, path);
            }

            return all;
        }
    }

    public static TheoryData<string> Fixed => [.. Probes.CannotChange.Keys];

    [Fact]
    public void Every_option_has_a_probe_or_cannot_be_changed() =>
        Assert.Equal(OptionPaths.Of(typeof(ListenerOptions)).Order(), Probes.All.Select(static probe => probe.Path).Concat(Probes.CannotChange.Keys).Order());

    [Theory]
    [MemberData(nameof(Options))]
    public async Task A_change_holds_for_a_newcomer_and_for_nothing_else(SocketTransport transport, string path)
    {
        Probe probe = Probes.Of(path);
        await using ProbedListener listener = await ProbedListener.Open(probe, transport);
        CommonListenerOptions before = listener.Listener.Options;

        if (probe.Remedy is { } remedy)
        {
            AssertFault(listener.Listener, path, probe.Change, remedy);
            return;
        }

        listener.Listener.Update(probe.Change);

        Assert.Equal([path], OptionPaths.Differing(before, listener.Listener.Options));
        await probe.Shows(listener);
        Assert.True(await listener.OldIsUntouched());
    }

    [Theory]
    [MemberData(nameof(Fixed))]
    public async Task What_cannot_be_changed_says_so_and_stays(string path)
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo);
        CommonListenerOptions before = server.Listener.Options;

        AssertFault(server.Listener, path, Probes.CannotChange[path], "open another");

        Assert.Empty(OptionPaths.Differing(before, server.Listener.Options));
        using Peer peer = await server.Connect();
        Assert.True(await peer.IsServed());
    }

    // The option, the value, and what to do about it.
    private static void AssertFault(Listener listener, string path, Action<CommonListenerOptions> change, string remedy)
    {
        object? value = null;
        OptionFault fault = Assert.Single(Assert.Throws<ListenerOptionsException>(() => listener.Update(options =>
        {
            change(options);
            value = OptionPaths.Get(options, path);
        })).Faults);
        Assert.Equal(($"Listeners:test:{path}", value), (fault.Option, fault.Value));
        Assert.Contains(remedy, fault.Remedy, StringComparison.Ordinal);
    }
}
