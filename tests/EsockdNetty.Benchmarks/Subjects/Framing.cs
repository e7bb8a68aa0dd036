namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>How the bytes of a workload are cut into messages.</summary>
internal enum Framing
{
    /// <summary>Not at all: what is received goes back.</summary>
    Raw,

    /// <summary>Two bytes of length, big-endian, before each message.</summary>
    Packet2,

    /// <summary>Four bytes of length, big-endian, before each message.</summary>
    Packet4,
}
