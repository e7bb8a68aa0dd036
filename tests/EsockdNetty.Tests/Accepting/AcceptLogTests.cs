using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting;

/// <summary>What several server channels of one listener write together.</summary>
public sealed class AcceptLogTests
{
    private readonly ListLogger _lines = new();
    private readonly ListenerCounters _counters = new();
    private readonly AcceptLog _log;
    private readonly EmbeddedChannel _first;
    private readonly EmbeddedChannel _second;

    public AcceptLogTests()
    {
        _log = new AcceptLog("mqtt", _lines);
        var waits = new WaitWatch("mqtt", _lines);
        _first = new EmbeddedChannel(new AcceptMeter(_counters, _log, waits));
        _second = new EmbeddedChannel(new AcceptMeter(_counters, _log, waits));
    }

    [Fact]
    public void Writes_one_line_a_second_and_reason_over_all_of_them()
    {
        Refuse(_first);
        Refuse(_second);
        Refuse(_first);
        Refuse(_second);
        Assert.Single(_lines.Lines);

        _first.AdvanceTimeBy(TimeSpan.FromSeconds(1));

        Assert.Equal(2, _lines.Lines.Count);
        Assert.Contains("; 2 more", _lines.Lines[1].Text, StringComparison.Ordinal);
        Assert.Equal(4, _counters.Snapshot().Refused[RefusalReason.MaxConnections]);
    }

    [Fact]
    public void Writes_one_line_a_second_of_the_pauses_of_all()
    {
        Pause(_first);
        Pause(_second);

        Assert.Single(_lines.Lines);
        Assert.Equal(2, _counters.Snapshot().AcceptPauses);
    }

    [Fact]
    public async Task Holds_back_until_the_last_of_them_has_gone()
    {
        Refuse(_first);
        Refuse(_second);

        await _first.CloseAsync();
        Assert.Single(_lines.Lines);
        await _second.CloseAsync();

        Assert.Equal(2, _lines.Lines.Count);
    }

    [Fact]
    public void Loses_no_refusal_and_writes_one_line_when_many_threads_refuse_at_once()
    {
        const int Each = 10_000;
        var written = new List<long>();
        var window = new LogWindow<int>((_, more) => written.Add(more));

        Parallel.For(0, 4, thread =>
        {
            for (int i = 0; i < Each; i++)
            {
                window.Add(_first.EventLoop, thread);
            }
        });

        Assert.Equal([0], written);
        window.Flush();
        Assert.Equal([0, (4 * Each) - 2], written);
    }

    private static void Refuse(EmbeddedChannel channel) =>
        channel.Pipeline.FireUserEventTriggered(new ConnectionRefused(RefusalReason.MaxConnections, ChildChannel.Peer));

    private static void Pause(EmbeddedChannel channel) =>
        channel.Pipeline.FireUserEventTriggered(new AcceptPaused(AcceptErrorKind.Descriptors, SocketError.TooManyOpenSockets, TimeSpan.FromMilliseconds(5)));
}
