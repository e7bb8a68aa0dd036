using DotNetty.Transport.Channels;
using EsockdNetty.Accepting.Bans;
using EsockdNetty.Connections;

namespace EsockdNetty.Accepting.Addresses;

/// <summary>
/// Keeps each client address at its number of live connections and its rate. It refuses and never waits: one client must not stop the listener.
/// </summary>
public sealed class AddressLimitGate : AcceptGate
{
    private readonly AddressLimit _limit;
    private readonly BanScore? _score;

    /// <summary>A gate at <paramref name="limit"/>, which it may share; a client that connects too fast scores where there is a score.</summary>
    public AddressLimitGate(AddressLimit limit, BanScore? score = null, Refusal? refusal = null)
        : base(refusal)
    {
        ArgumentNullException.ThrowIfNull(limit);
        _limit = limit;
        _score = score;
    }

    /// <inheritdoc/>
    protected override RefusalReason? Judge(IChannelHandlerContext context, IChannel child)
    {
        ConnectionLease lease = ConnectionLease.Of(child);
        ClientAddress client = lease.Client;
        RefusalReason? reason = _limit.TryTake(client);
        if (reason is null)
        {
            lease.Add(_limit);
        }
        else if (reason == RefusalReason.AddressRate)
        {
            _score?.Report(client, Abuse.RateExceeded);
        }

        return reason;
    }
}
