using System.Net;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace EsockdNetty.Diagnostics;

/// <summary>One listener's part of its server's metrics: its tags, and how long its connections took.</summary>
internal sealed class ListenerDiagnostics
{
    private readonly ServerDiagnostics _server;
    private readonly Tag _listener;

    public ListenerDiagnostics(ServerDiagnostics server, string listener, EndPoint address)
    {
        _server = server;
        _listener = new Tag(DiagnosticNames.Listener, listener);
        var transport = new Tag(DiagnosticNames.NetworkTransport, NetworkWords.TransportOf(address));
        Tags = NetworkWords.TypeOf(address) is { } type ? [_listener, transport, new Tag(DiagnosticNames.NetworkType, type)] : [_listener, transport];
    }

    /// <summary>Its name and what it listens on; no address.</summary>
    public Tag[] Tags { get; }

    /// <summary>The longest lag of its server's loops in the last seconds.</summary>
    public TimeSpan LoopLag => _server.Lags.Longest;

    public void ConnectionClosed(TimeSpan age, CloseReason reason)
    {
        if (_server.Metrics.ConnectionDuration.Enabled)
        {
            _server.Metrics.ConnectionDuration.Record(age.TotalSeconds, _listener, new Tag(DiagnosticNames.Reason, reason.Word()));
        }
    }

    /// <param name="age">Of the connection.</param>
    /// <param name="fault">Why the handshake failed; null: it did not.</param>
    public void HandshakeEnded(TimeSpan age, Exception? fault)
    {
        if (!_server.Metrics.HandshakeDuration.Enabled)
        {
            return;
        }

        if (fault is null)
        {
            _server.Metrics.HandshakeDuration.Record(age.TotalSeconds, _listener);
        }
        else
        {
            CloseReason reason = CloseReasonHandler.ReasonOf(fault) ?? CloseReason.HandshakeFailed;
            _server.Metrics.HandshakeDuration.Record(age.TotalSeconds, _listener, new Tag(DiagnosticNames.ErrorType, reason.Word()));
        }
    }
}
