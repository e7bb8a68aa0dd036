namespace EsockdNetty.Benchmarks.Load;

/// <summary>
/// The bytes of every message, known to both of its ends: where in a long row of noise a message lies is a function of its connection, the
/// connection's generation and the message's number, so a byte of another message, connection or time is seen.
/// </summary>
internal sealed class Pattern
{
    private const int Period = 65521;
    private const int Step = 131;

    private readonly byte[] _noise;
    private readonly int _size;

    /// <param name="size">Bytes of a message.</param>
    public Pattern(int size)
    {
        _size = size;
        _noise = new byte[Period + size];
        ulong state = 0x9E3779B97F4A7C15;
        for (int i = 0; i < _noise.Length; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            _noise[i] = (byte)(state >> 24);
        }
    }

    /// <summary>Where a connection's first message is.</summary>
    public static int First(int connection, int generation) => (int)((((long)connection * 7919) + ((long)generation * 104729)) % Period);

    /// <summary>Where the message after the one at that place is.</summary>
    public static int Next(int place) => place + Step < Period ? place + Step : place + Step - Period;

    public ReadOnlySpan<byte> At(int place) => _noise.AsSpan(place, _size);
}
