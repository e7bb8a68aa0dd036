using EsockdNetty.Connections;

namespace EsockdNetty.Accepting.Rates;

/// <summary>Leave to accept one connection. Ends by one of its two methods, called once. Any thread.</summary>
internal interface IRatePermit
{
    /// <summary>The connection has come.</summary>
    /// <returns>What it holds from now to its end; null when that is nothing.</returns>
    IPermitSource? Use();

    /// <summary>None has come.</summary>
    void Refund();
}
