using System.Net.Sockets;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Diagnostics;

/// <summary>A reason is one word, wherever it is read: whoever saw it in the log finds it in the metrics.</summary>
public sealed class LoggedReasonsTests
{
    private readonly ListLogger _log = new();

    public static TheoryData<RefusalReason> Refusals => [.. Enum.GetValues<RefusalReason>()];

    public static TheoryData<CloseReason> Ends => [.. Enum.GetValues<CloseReason>()];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_logged_in_the_word_of_the_statistics(RefusalReason reason)
    {
        var server = new EmbeddedChannel(new AcceptMeter("mqtt", new ListenerCounters(), _log));

        server.Pipeline.FireUserEventTriggered(new ConnectionRefused(reason, ChildChannel.Peer));
        await server.CloseAsync();

        Assert.Contains($":4711: {reason.Word()}; ", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_wait_is_logged_in_the_word_of_the_statistics(RefusalReason reason)
    {
        var server = new EmbeddedChannel(new AcceptMeter("mqtt", new ListenerCounters(), _log));

        new AcceptWait(reason, static () => "1 connection").Set(server, true);
        server.AdvanceTimeBy(TimeSpan.FromSeconds(5));

        Assert.Contains($": {reason.Word()}, at 1 connection. ", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void An_end_by_a_stage_is_logged_in_the_word_of_the_statistics(CloseReason reason)
    {
        var connection = new EmbeddedChannel(new LastHandler("mqtt", _log));
        ConnectionLease.Of(connection).TrySetCloseReason(reason);

        connection.Pipeline.FireExceptionCaught(new SocketException((int)SocketError.ConnectionReset));

        Assert.Contains($" ended: {reason.Word()}. ", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void A_send_on_a_closed_connection_fails_in_the_word_of_the_statistics(CloseReason reason) =>
        Assert.Equal($"The connection is closed: {reason.Word()}.", new ConnectionClosedException(reason).Message);
}
