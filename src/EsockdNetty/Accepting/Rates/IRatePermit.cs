using EsockdNetty.Connections;

namespace EsockdNetty.Accepting.Rates;

/// <summary>Leave to accept one connection. Ends by <see cref="Use"/> or <see cref="Refund"/>, called once; after a use it may be returned. Any thread.</summary>
internal interface IRatePermit
{
    /// <summary>The connection has come.</summary>
    /// <returns>What it holds from now to its end; null when that is nothing.</returns>
    IPermitSource? Use();

    /// <summary>The connection had come, and then a later gate refused it: what can be given back is, and is no more than there was.</summary>
    void Return();

    /// <summary>None has come.</summary>
    void Refund();
}
