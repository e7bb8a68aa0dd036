namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>How messages are told apart on the wire.</summary>
internal enum Framing
{
    Raw,

    /// <summary>A length of two bytes, big endian, before each.</summary>
    Packet2,

    /// <summary>A length of four bytes, big endian, before each.</summary>
    Packet4,
}
