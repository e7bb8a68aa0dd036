using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace EsockdNetty.Tests.Support;

/// <summary>Makes a server's meter and listens to that one alone: other tests have servers too.</summary>
internal sealed class Measured : IMeterFactory
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, string Tags)> _values = new();
    private readonly ConcurrentDictionary<string, string?> _units = new();
    private Meter? _meter;

    public Measured()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == this)
            {
                _units[instrument.Name] = instrument.Unit;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The units of the instruments by name.</summary>
    public IReadOnlyDictionary<string, string?> Units => _units;

    public Meter Create(MeterOptions options)
    {
        options.Scope = this;
        return _meter = new Meter(options);
    }

    /// <summary>What an instrument tells when somebody collects now: value and tags each, in the order of the tags' text.</summary>
    public IReadOnlyList<(double Value, string Tags)> Collect(string instrument)
    {
        _values.Clear();
        _listener.RecordObservableInstruments();
        return Recorded(instrument);
    }

    /// <summary>What was recorded, since the last collection.</summary>
    public IReadOnlyList<(double Value, string Tags)> Recorded(string instrument) =>
        [.. _values.Where(value => value.Instrument == instrument).Select(value => (value.Value, value.Tags)).OrderBy(value => value.Tags, StringComparer.Ordinal)];

    public void Dispose()
    {
        _listener.Dispose();
        _meter?.Dispose();
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _values.Enqueue((instrument.Name, value, string.Join(' ', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"))));
}
