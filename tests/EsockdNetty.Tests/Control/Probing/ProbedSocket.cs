namespace EsockdNetty.Tests.Control.Probing;

/// <summary>An option of TCP that has no name here: TCP_NOTSENT_LOWAT.</summary>
internal static class ProbedSocket
{
    public const int Level = 6;
    public const int NotSentLowWater = 25;
}
