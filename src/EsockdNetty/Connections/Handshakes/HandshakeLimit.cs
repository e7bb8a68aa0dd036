namespace EsockdNetty.Connections.Handshakes;

/// <summary>
/// How many steps of TLS handshakes are taken at a time. A step begins when a client's whole flight is there, its ClientHello above all, and ends
/// when ours is written: clients that are silent, or stop half way, hold none.
/// </summary>
/// <param name="StepsPerRound">Steps one loop takes in a round, before it serves its other connections; at least 1. Default: 4.</param>
/// <param name="Slots">Steps under way on all loops together, those with a certificate being verified on a worker among them; at least 1. Default: null, no limit.</param>
public sealed record HandshakeLimit(int StepsPerRound = 4, int? Slots = null)
{
    /// <summary>Adds what is wrong with it, as the value of <paramref name="option"/>.</summary>
    internal void Validate(OptionFaults faults, string option)
    {
        faults.AtLeast($"{option}:StepsPerRound", StepsPerRound, 1);
        faults.AtLeast($"{option}:Slots", Slots, 1);
    }
}
