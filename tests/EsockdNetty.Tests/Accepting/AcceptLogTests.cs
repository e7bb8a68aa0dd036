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
        Assert.Empty(_lines.Lines);

        _first.AdvanceTimeBy(TimeSpan.FromSeconds(1));

        Assert.Contains("refused 4 connections, that of 192.0.2.7:4711 among them: max_connections; 3 more", Assert.Single(_lines.Lines).Text, StringComparison.Ordinal);
        Assert.Equal(4, _counters.Snapshot().Refused[RefusalReason.MaxConnections]);
    }

    [Fact]
    public void Writes_one_line_a_second_of_the_pauses_of_all()
    {
        Pause(_first);
        Pause(_second);

        _first.AdvanceTimeBy(TimeSpan.FromSeconds(1));

        Assert.Contains("; 1 more", Assert.Single(_lines.Lines).Text, StringComparison.Ordinal);
        Assert.Equal(2, _counters.Snapshot().AcceptPauses);
    }

    [Fact]
    public async Task Holds_back_until_the_last_of_them_has_gone()
    {
        Refuse(_first);
        Refuse(_second);

        await _first.CloseAsync();
        Assert.Empty(_lines.Lines);
        await _second.CloseAsync();

        Assert.Contains("; 1 more", Assert.Single(_lines.Lines).Text, StringComparison.Ordinal);
    }

    private static void Refuse(EmbeddedChannel channel) =>
        channel.Pipeline.FireUserEventTriggered(new ConnectionRefused(RefusalReason.MaxConnections, ChildChannel.Peer));

    private static void Pause(EmbeddedChannel channel) =>
        channel.Pipeline.FireUserEventTriggered(new AcceptPaused(AcceptErrorKind.Descriptors, SocketError.TooManyOpenSockets, TimeSpan.FromMilliseconds(5)));
}
