using System.Buffers;

namespace EsockdNetty.Codecs;

/// <summary>Puts the header of a packet type before bodies; types without a header add nothing. It has no state: one serves any number of streams and threads.</summary>
public sealed class PacketWriter
{
    private readonly long _longestBody;

    /// <summary>For packets of this type. <paramref name="maxFrame"/> limits bodies that have a header; default 1 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxFrame"/> is less than 1 or more than 2,147,483,643.</exception>
    public PacketWriter(PacketType type, int maxFrame = PacketParser.DefaultMaxFrame)
    {
        ArgumentNullException.ThrowIfNull(type);
        Type = type;
        MaxFrame = FrameLimit.Checked(maxFrame);
        _longestBody = type.HeaderLength == 0 ? long.MaxValue : Math.Min(type.MaxBody, maxFrame);
    }

    /// <summary>The type of the packets written.</summary>
    public PacketType Type { get; }

    /// <summary>The longest body that is written with a header, in bytes.</summary>
    public int MaxFrame { get; }

    /// <summary>Writes header and body.</summary>
    /// <exception cref="PacketException">The body is too long; nothing was written.</exception>
    public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> body)
    {
        WriteHeader(output, body.Length);
        output.Write(body);
    }

    /// <summary>Writes header and body.</summary>
    /// <exception cref="PacketException">The body is too long; nothing was written.</exception>
    public void Write(IBufferWriter<byte> output, in ReadOnlySequence<byte> body)
    {
        WriteHeader(output, body.Length);
        foreach (ReadOnlyMemory<byte> segment in body)
            output.Write(segment.Span);
    }

    /// <summary>Writes the header of a body to the beginning of a span and returns its length in bytes, <see cref="PacketType.HeaderLength"/>.</summary>
    /// <exception cref="PacketException">The body is too long; nothing was written.</exception>
    /// <exception cref="ArgumentException">The span is shorter than the header.</exception>
    public int WriteHeader(Span<byte> destination, long bodyLength)
    {
        ThrowIfTooLong(bodyLength);
        if (destination.Length < Type.HeaderLength) throw new ArgumentException($"The header takes {Type.HeaderLength} bytes.", nameof(destination));

        LengthHeader.Write(Type, destination, (int)bodyLength);
        return Type.HeaderLength;
    }

    /// <summary>Throws what writing a body of this length would throw.</summary>
    /// <exception cref="PacketException">The body is longer than its header can say or than <see cref="MaxFrame"/>.</exception>
    public void ThrowIfTooLong(long bodyLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bodyLength);
        if (Refusal(bodyLength) is { } refusal) throw refusal;
    }

    /// <summary>The same as a value: null when a body of this length can be written.</summary>
    internal PacketException? Refusal(long bodyLength) =>
        bodyLength > _longestBody ? PacketException.BodyTooLong(Type, MaxFrame, bodyLength) : null;

    private void WriteHeader(IBufferWriter<byte> output, long bodyLength)
    {
        ArgumentNullException.ThrowIfNull(output);
        ThrowIfTooLong(bodyLength);
        if (Type.HeaderLength == 0) return;

        LengthHeader.Write(Type, output.GetSpan(Type.HeaderLength), (int)bodyLength);
        output.Advance(Type.HeaderLength);
    }
}
