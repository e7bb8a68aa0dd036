using EsockdNetty.Accepting;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;
using Microsoft.Extensions.Logging;

namespace EsockdNetty;

/// <summary>What a listener's stages share.</summary>
internal sealed record ListenerParts(
    ListenerSettings Settings,
    ConnectionLimit Limit,
    ListenerCounters Counters,
    PendingConnections Pending,
    LiveConnections Live,
    ILogger Logger);
