namespace EsockdNetty.Codecs;

/// <summary>The range of MaxFrame.</summary>
internal static class FrameLimit
{
    /// <summary>Header and body together must be countable in an int, as they must for Erlang.</summary>
    public const int Largest = int.MaxValue - LengthHeader.Longest;

    public static int Checked(int maxFrame)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFrame, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxFrame, Largest);
        return maxFrame;
    }
}
