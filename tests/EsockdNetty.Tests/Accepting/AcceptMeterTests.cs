using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Accepting;

public sealed class AcceptMeterTests
{
    private readonly ListenerCounters _counters = new();
    private readonly ListLogger _log = new();
    private readonly EmbeddedChannel _server;

    public AcceptMeterTests() => _server = new EmbeddedChannel(new AcceptMeter("mqtt", _counters, _log));

    [Fact]
    public void Counts_what_passed_the_gates()
    {
        _server.WriteInbound(new ChildChannel(), new ChildChannel());

        Assert.Equal(2, _counters.Snapshot().Accepted);
        Assert.Equal(2, _server.InboundMessages.Count);
    }

    [Fact]
    public void Counts_refusals_by_reason()
    {
        Refuse(RefusalReason.MaxConnections);
        Refuse(RefusalReason.MaxConnections);
        Refuse(RefusalReason.DescriptorReserve);

        Assert.Equal(
            new Dictionary<RefusalReason, long> { [RefusalReason.MaxConnections] = 2, [RefusalReason.DescriptorReserve] = 1 },
            _counters.Snapshot().Refused);
    }

    [Fact]
    public void Writes_a_refusal_within_a_second_with_reason_address_and_remedy()
    {
        Refuse(RefusalReason.MaxConnections);
        Assert.Empty(_log.Lines);

        PassASecond();

        (LogLevel level, int id, string text) = Assert.Single(_log.Lines);
        Assert.Equal((LogLevel.Warning, 200), (level, id));
        Assert.Equal("Listener mqtt refused 1 connection, that of 192.0.2.7:4711: max_connections; 0 more not listed. Remedy: raise Limits:MaxConnections", text);
    }

    [Fact]
    public void Writes_one_line_a_second_and_reason_with_the_number_suppressed()
    {
        for (int i = 0; i < 1000; i++)
        {
            Refuse(RefusalReason.MaxConnections);
        }

        PassASecond();

        Assert.Contains("refused 1000 connections, that of 192.0.2.7:4711 among them: max_connections; 999 more", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_a_line_for_each_reason()
    {
        Refuse(RefusalReason.MaxConnections);
        Refuse(RefusalReason.ServerMaxConnections);

        PassASecond();

        Assert.Equal(2, _log.Lines.Count);
    }

    [Fact]
    public void Begins_anew_after_a_quiet_second()
    {
        Refuse(RefusalReason.MaxConnections);
        PassASecond();
        PassASecond();

        Refuse(RefusalReason.MaxConnections);
        PassASecond();

        Assert.Equal(2, _log.Lines.Count);
        Assert.Contains("; 0 more", _log.Lines[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_what_it_holds_back_when_the_listening_socket_is_closed()
    {
        Refuse(RefusalReason.MaxConnections);
        Refuse(RefusalReason.MaxConnections);
        Refuse(RefusalReason.MaxConnections);

        await _server.CloseAsync();

        Assert.Contains("; 2 more", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_pauses_and_names_error_and_remedy()
    {
        _server.Pipeline.FireUserEventTriggered(new AcceptPaused(AcceptErrorKind.Descriptors, SocketError.TooManyOpenSockets, TimeSpan.FromMilliseconds(5)));
        PassASecond();

        Assert.Equal(1, _counters.Snapshot().AcceptPauses);
        (LogLevel level, int id, string text) = Assert.Single(_log.Lines);
        Assert.Equal((LogLevel.Warning, 201), (level, id));
        Assert.Contains("LimitNOFILE", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_the_listening_socket_is_lost()
    {
        _server.Pipeline.FireUserEventTriggered(new ListenerLost(SocketError.NotSocket));

        Assert.Equal((LogLevel.Error, 202), (_log.Lines[0].Level, _log.Lines[0].Id));
    }

    private void PassASecond() => _server.AdvanceTimeBy(TimeSpan.FromSeconds(1));

    private void Refuse(RefusalReason reason) => _server.Pipeline.FireUserEventTriggered(new ConnectionRefused(reason, ChildChannel.Peer));
}
