using System.Globalization;
using System.Text.RegularExpressions;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Accepting;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Accepting;

/// <summary>The rule of the lines about refusals: one a second, listener and reason, and none of the refused is lost between them.</summary>
public sealed partial class RefusalLogTests
{
    private const int StepMilliseconds = 50;
    private const int StepsPerSecond = 1000 / StepMilliseconds;

    private readonly ListenerCounters _counters = new();
    private readonly ListLogger _log = new();
    private readonly EmbeddedChannel _server;
    private readonly List<(int Step, string Reason)> _lines = [];
    private int _step;

    public RefusalLogTests() => _server = new EmbeddedChannel(new AcceptMeter("mqtt", _counters, _log));

    [Fact]
    public void A_flood_makes_exactly_one_line_in_each_second()
    {
        for (int i = 0; i < 10 * StepsPerSecond; i++)
        {
            Refuse(RefusalReason.MaxConnections, 100);
            Step();
        }

        Assert.All(Enumerable.Range(1, 10), second => Assert.Single(_lines, line => line.Step / StepsPerSecond == second));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whenever_they_come_lines_of_a_reason_are_a_second_apart_and_no_refusal_waits_longer(int seed)
    {
        var random = new Random(seed);
        var refused = new List<(int Step, string Reason)>();
        for (int i = 0; i < 20 * StepsPerSecond; i++)
        {
            if (random.Next(StepsPerSecond) < 2)
            {
                RefusalReason reason = random.Next(2) == 0 ? RefusalReason.MaxConnections : RefusalReason.DescriptorReserve;
                refused.Add((_step, reason.Word()));
                Refuse(reason, 1 + random.Next(3));
            }

            Step();
        }

        for (int i = 0; i <= StepsPerSecond; i++)
        {
            Step();
        }

        Assert.All(_lines.GroupBy(static line => line.Reason), static lines => Assert.All(lines.Zip(lines.Skip(1)), static pair => Assert.True(pair.Second.Step - pair.First.Step >= StepsPerSecond)));
        Assert.All(refused, one => Assert.Contains(_lines, line => line.Reason == one.Reason && line.Step >= one.Step && line.Step <= one.Step + StepsPerSecond));
        Assert.Equal(_counters.Snapshot().Refused.Values.Sum(), _log.Lines.Sum(static line => Stands(line.Text)));
    }

    [Fact]
    public async Task What_is_logged_and_suppressed_is_what_was_counted_when_the_socket_is_closed_in_a_flood()
    {
        for (int i = 0; i < 3 * StepsPerSecond; i++)
        {
            Refuse(RefusalReason.MaxConnections, 7);
            Step();
        }

        Refuse(RefusalReason.MaxConnections, 7);
        await _server.CloseAsync();

        Assert.Equal(_counters.Snapshot().Refused[RefusalReason.MaxConnections], _log.Lines.Sum(static line => Stands(line.Text)));
    }

    private void Refuse(RefusalReason reason, int times)
    {
        for (int i = 0; i < times; i++)
        {
            _server.Pipeline.FireUserEventTriggered(new ConnectionRefused(reason, ChildChannel.Peer));
        }

        KeepTimes();
    }

    private void Step()
    {
        _server.AdvanceTimeBy(TimeSpan.FromMilliseconds(StepMilliseconds));
        _step++;
        KeepTimes();
    }

    private void KeepTimes()
    {
        foreach ((_, _, string text) in _log.Lines.Skip(_lines.Count).ToList())
        {
            _lines.Add((_step, Line().Match(text).Groups["reason"].Value));
        }
    }

    // The one it names and those it does not.
    private static long Stands(string text) => 1 + long.Parse(Line().Match(text).Groups["more"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@": (?<reason>\w+); (?<more>\d+) more")]
    private static partial Regex Line();
}
