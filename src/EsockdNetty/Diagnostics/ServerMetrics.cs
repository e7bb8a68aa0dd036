using System.Diagnostics.Metrics;
using EsockdNetty.Statistics;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace EsockdNetty.Diagnostics;

/// <summary>
/// A server's meter. What listeners count anyway is asked of them when somebody collects, so that no connection and no message pays for it; only
/// how long things took is recorded as they end, where somebody listens.
/// </summary>
internal sealed class ServerMetrics : IDisposable
{
    private static readonly Tag Receive = new(DiagnosticNames.Direction, "receive");
    private static readonly Tag Transmit = new(DiagnosticNames.Direction, "transmit");

    private readonly Meter _meter;
    private volatile Func<IEnumerable<Listener>> _listeners;

    /// <summary>Tells of <paramref name="listeners"/>, as they are when asked.</summary>
    public ServerMetrics(IMeterFactory? factory, Func<IEnumerable<Listener>> listeners)
    {
        _listeners = listeners;
        var options = new MeterOptions(DiagnosticNames.Meter) { Version = DiagnosticNames.Version };
        _meter = factory?.Create(options) ?? new Meter(options);
        ConnectionDuration = NewHistogram("esockd.connection.duration", "From accept to the end of the close.", [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300, 1800, 3600, 14400]);
        HandshakeDuration = NewHistogram("esockd.handshake.duration", "From accept to the end of the TLS handshake.", [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]);
        LoopLag = NewHistogram("esockd.loop.lag", "Rounds of event loops, sampled once a second.", [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5]);
        AddConnections();
        AddTraffic();
        AddAccepting();
    }

    public Histogram<double> ConnectionDuration { get; }

    public Histogram<double> HandshakeDuration { get; }

    public Histogram<double> LoopLag { get; }

    public void Dispose()
    {
        // A factory's meter outlives us, and with it its instruments: they have nothing to tell any more.
        _listeners = static () => [];
        _meter.Dispose();
    }

    private Histogram<double> NewHistogram(string name, string description, double[] bounds) =>
        _meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });

    private void AddConnections()
    {
        _meter.CreateObservableUpDownCounter("esockd.connections.active", () => Observe(static listener => listener.Counters.Current), "{connection}", "Connections that live.");
        _meter.CreateObservableUpDownCounter("esockd.connections.pending", () => Observe(static listener => listener.Counters.Pending), "{connection}", "Connections that live and are not admitted yet.");
        _meter.CreateObservableCounter("esockd.connections.accepted", () => Observe(static listener => listener.Counters.Accepted), "{connection}", "Connections that passed every gate.");
        _meter.CreateObservableCounter("esockd.connections.refused", () => ObserveReasons(static counts => counts.Refused, ReasonWords.Word), "{connection}", "Connections that a gate refused.");
        _meter.CreateObservableCounter("esockd.connections.closed", () => ObserveReasons(static counts => counts.Closed, ReasonWords.Word), "{connection}", "Connections that ended.");
    }

    private void AddTraffic()
    {
        _meter.CreateObservableCounter(
            "esockd.network.io", () => ObserveTraffic(static traffic => (traffic.BytesReceived, traffic.BytesSent)), "By", "Bytes of the network, TLS and framing included.");
        _meter.CreateObservableCounter(
            "esockd.messages", () => ObserveTraffic(static traffic => (traffic.MessagesReceived, traffic.MessagesSent)), "{message}", "Packets, or reads and writes where there are none.");
    }

    private void AddAccepting()
    {
        _meter.CreateObservableCounter("esockd.accept.pauses", () => Observe(static listener => listener.Counters.AcceptPauses), "{pause}", "Pauses because the system could not accept.");
        _meter.CreateObservableUpDownCounter("esockd.listener.backlog", ObserveBacklog, "{connection}", "Connections that wait in the system to be accepted.");
    }

    private IEnumerable<Measurement<long>> Observe(Func<Listener, long> count) =>
        _listeners().Select(listener => new Measurement<long>(count(listener), listener.Tags));

    private IEnumerable<Measurement<long>> ObserveReasons<TReason>(Func<ListenerStatistics, IReadOnlyDictionary<TReason, long>> counts, Func<TReason, string> word) =>
        from listener in _listeners()
        from count in counts(listener.Counters.Snapshot())
        select new Measurement<long>(count.Value, [.. listener.Tags, new Tag(DiagnosticNames.Reason, word(count.Key))]);

    private IEnumerable<Measurement<long>> ObserveTraffic(Func<ConnectionTraffic, (long Received, long Sent)> count)
    {
        foreach (Listener listener in _listeners())
        {
            (long received, long sent) = count(listener.Traffic);
            yield return new Measurement<long>(received, [.. listener.Tags, Receive]);
            yield return new Measurement<long>(sent, [.. listener.Tags, Transmit]);
        }
    }

    private IEnumerable<Measurement<long>> ObserveBacklog() =>
        from listener in _listeners()
        let backlog = listener.Backlog
        where backlog is not null
        select new Measurement<long>(backlog.Value.Depth, listener.Tags);
}
