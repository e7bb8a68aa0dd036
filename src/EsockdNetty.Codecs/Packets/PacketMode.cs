namespace EsockdNetty.Codecs;

/// <summary>How a stream of bytes is cut into packets; the modes and their names are those of Erlang's gen_tcp.</summary>
public enum PacketMode
{
    /// <summary>No boundaries: a packet is whatever has arrived.</summary>
    Raw,

    /// <summary>A header of one byte holds the length of the body.</summary>
    One,

    /// <summary>A header of two bytes holds the length of the body.</summary>
    Two,

    /// <summary>A header of four bytes holds the length of the body.</summary>
    Four,

    /// <summary>A packet ends with a delimiter byte and contains it.</summary>
    Line,
}
