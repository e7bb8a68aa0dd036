using System.Threading.RateLimiting;
using EsockdNetty.Connections;

namespace EsockdNetty.Accepting.Rates;

/// <summary>A lease of a <see cref="RateLimiter"/>; one that counts what is under way is held as long as the connection lives.</summary>
internal sealed class LeasePermit(RateLimitLease lease, bool isHeld) : IRatePermit, IPermitSource
{
    public IPermitSource? Use()
    {
        if (isHeld)
        {
            return this;
        }

        lease.Dispose();
        return null;
    }

    public void Return()
    {
        // What is held goes with the connection, which is closed; of the rest the limiter takes nothing back.
    }

    public void Refund() => lease.Dispose();

    public void Release() => lease.Dispose();
}
