namespace EsockdNetty.Codecs;

/// <summary>
/// The user event of a stage below that does not let the peer be read for a while, or does so again: what the peer sends meanwhile cannot arrive,
/// and the time a frame may take does not pass.
/// </summary>
public sealed class ReadPause
{
    /// <summary>From now on the peer is not read.</summary>
    public static readonly ReadPause Begun = new();

    /// <summary>The peer is read again.</summary>
    public static readonly ReadPause Ended = new();

    private ReadPause()
    {
    }
}
