using System.Buffers;
using System.Runtime.CompilerServices;

namespace EsockdNetty.Codecs;

/// <summary>
/// Finds packets in one stream of bytes, wherever the stream is cut. Give it everything received and not yet consumed:
/// it remembers how far it has looked, so that no byte is looked at twice. It keeps and allocates nothing. Not thread safe.
/// </summary>
/// <example><code>
/// PacketParser parser = new(PacketType.Two);
/// while (parser.TryRead(ref input, out ReadOnlySequence&lt;byte&gt; packet))
///     Handle(packet);
/// </code></example>
public sealed class PacketParser
{
    /// <summary>The default of <see cref="MaxFrame"/>: 1 MiB.</summary>
    public const int DefaultMaxFrame = 1024 * 1024;

    private readonly int _headerLength;
    private int _frameLength;
    private int _searched;

    /// <summary>Begins at the start of a packet.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxFrame"/> is less than 1 or more than 2,147,483,643.</exception>
    public PacketParser(PacketType type, int maxFrame = DefaultMaxFrame)
    {
        ArgumentNullException.ThrowIfNull(type);
        Type = type;
        MaxFrame = FrameLimit.Checked(maxFrame);
        _headerLength = type.HeaderLength;
    }

    /// <summary>How the stream is cut.</summary>
    public PacketType Type { get; }

    /// <summary>The longest body of a packet with a header, or the longest line with its delimiter, in bytes. Raw bytes have no limit.</summary>
    public int MaxFrame { get; }

    /// <summary>Bytes before a body: 0 where packets have no header.</summary>
    internal int HeaderLength => _headerLength;

    /// <summary>Bytes looked at so far, to find lengths and delimiters.</summary>
    internal long Examined { get; private set; }

    /// <summary>Takes the next packet off the input. False: it is not there yet, and the input is left as it was.</summary>
    /// <exception cref="PacketException">The packet is longer than <see cref="MaxFrame"/>.</exception>
    public bool TryRead(ref ReadOnlySequence<byte> input, out ReadOnlySequence<byte> packet)
    {
        PacketResult result = Read(input);
        if (!IsPacket(result))
        {
            packet = default;
            return false;
        }

        packet = input.Slice(result.Offset, result.Length);
        input = input.Slice(result.Consumed);
        return true;
    }

    /// <summary>Takes the next packet off the input. False: it is not there yet, and the input is left as it was.</summary>
    /// <exception cref="PacketException">The packet is longer than <see cref="MaxFrame"/>.</exception>
    public bool TryRead(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> packet)
    {
        PacketResult result = Read(input);
        if (!IsPacket(result))
        {
            packet = default;
            return false;
        }

        packet = input.Slice(result.Offset, result.Length);
        input = input[result.Consumed..];
        return true;
    }

    /// <summary>Looks for a packet at the beginning of the input: everything received after the last packet's <see cref="PacketResult.Consumed"/>.</summary>
    public PacketResult Read(ReadOnlySpan<byte> input) => Type.Mode switch
    {
        PacketMode.Raw => ReadAll(input.Length),
        PacketMode.Line => Search(input[_searched..]) ? FoundLine() : NoLine(input.Length),
        _ => ReadSized(input, input.Length),
    };

    /// <summary>Looks for a packet at the beginning of the input: everything received after the last packet's <see cref="PacketResult.Consumed"/>.</summary>
    public PacketResult Read(in ReadOnlySequence<byte> input)
    {
        if (input.IsSingleSegment) return Read(input.FirstSpan);

        return Type.Mode switch
        {
            PacketMode.Raw => ReadAll(input.Length),
            PacketMode.Line => SearchSegments(input.Slice(_searched)) ? FoundLine() : NoLine(input.Length),
            _ => ReadSizedSegments(input),
        };
    }

    /// <summary>
    /// The length of the body when the input begins with a header, not looked at before, and all of its body: the common case, in short. −1
    /// otherwise, and <see cref="Read(ReadOnlySpan{byte})"/> says what is the matter.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int WholeBody(ReadOnlySpan<byte> input)
    {
        int behindHeader = input.Length - _headerLength;
        if (_headerLength == 0 || _frameLength != 0 || behindHeader < 0) return -1;

        uint announced = LengthHeader.Read(Type, input);
        if (announced > (uint)behindHeader || announced > (uint)MaxFrame) return -1;

        Examined += _headerLength;
        return (int)announced;
    }

    /// <summary>The same for input that lies in two pieces.</summary>
    internal PacketResult Read(ReadOnlySpan<byte> start, ReadOnlySpan<byte> more)
    {
        long available = (long)start.Length + more.Length;
        return Type.Mode switch
        {
            PacketMode.Raw => ReadAll(available),
            PacketMode.Line => SearchPieces(start, more) ? FoundLine() : NoLine(available),
            _ => ReadSizedPieces(start, more, available),
        };
    }

    /// <summary>The exception that says what a violation of this stream means.</summary>
    /// <exception cref="ArgumentException">The result is no violation.</exception>
    public PacketException ToException(in PacketResult violation)
    {
        if (violation.Status != PacketStatus.Violation) throw new ArgumentException("The result is no violation.", nameof(violation));

        return Type.Mode == PacketMode.Line
            ? PacketException.LineTooLong(Type, MaxFrame, violation.Announced)
            : PacketException.FrameTooLong(Type, MaxFrame, violation.Announced);
    }

    private bool IsPacket(in PacketResult result) =>
        result.Status == PacketStatus.Violation ? throw ToException(result) : result.Status == PacketStatus.Packet;

    private static PacketResult ReadAll(long available) =>
        available == 0 ? PacketResult.NeedMore(1) : PacketResult.Packet(0, (int)Math.Min(available, int.MaxValue));

    private PacketResult ReadSized(ReadOnlySpan<byte> start, long available)
    {
        // The header was looked at when it was complete; until the body is there only lengths are compared.
        if (_frameLength == 0)
        {
            if (start.Length < _headerLength) return PacketResult.NeedMore();

            uint announced = LengthHeader.Read(Type, start);
            Examined += _headerLength;
            if (announced > (uint)MaxFrame) return PacketResult.Violation(PacketFault.FrameTooLong, announced);
            _frameLength = _headerLength + (int)announced;
        }

        if (available < _frameLength) return PacketResult.NeedMore(_frameLength);

        int length = _frameLength - _headerLength;
        _frameLength = 0;
        return PacketResult.Packet(_headerLength, length);
    }

    private PacketResult ReadSizedSegments(in ReadOnlySequence<byte> input)
    {
        ReadOnlySpan<byte> first = input.FirstSpan;
        if (_frameLength != 0 || first.Length >= _headerLength) return ReadSized(first, input.Length);

        Span<byte> header = stackalloc byte[LengthHeader.Longest];
        int present = (int)Math.Min(_headerLength, input.Length);
        input.Slice(0, present).CopyTo(header);
        return ReadSized(header[..present], input.Length);
    }

    private PacketResult ReadSizedPieces(ReadOnlySpan<byte> start, ReadOnlySpan<byte> more, long available)
    {
        if (_frameLength != 0 || start.Length >= _headerLength) return ReadSized(start, available);

        Span<byte> header = stackalloc byte[LengthHeader.Longest];
        int added = Math.Min(_headerLength - start.Length, more.Length);
        start.CopyTo(header);
        more[..added].CopyTo(header[start.Length..]);
        return ReadSized(header[..(start.Length + added)], available);
    }

    private bool SearchPieces(ReadOnlySpan<byte> start, ReadOnlySpan<byte> more) =>
        (_searched < start.Length && Search(start[_searched..])) || Search(more[Math.Clamp(_searched - start.Length, 0, more.Length)..]);

    private bool SearchSegments(in ReadOnlySequence<byte> unseen)
    {
        foreach (ReadOnlyMemory<byte> segment in unseen)
            if (Search(segment.Span)) return true;

        return false;
    }

    /// <summary>Whether a delimiter follows within the limit; <see cref="_searched"/> is then the length of the line.</summary>
    private bool Search(ReadOnlySpan<byte> unseen)
    {
        ReadOnlySpan<byte> window = unseen[..Math.Min(unseen.Length, MaxFrame - _searched)];
        int index = window.IndexOf(Type.Delimiter);
        int looked = index < 0 ? window.Length : index + 1;
        _searched += looked;
        Examined += looked;
        return index >= 0;
    }

    private PacketResult FoundLine()
    {
        int length = _searched;
        _searched = 0;
        return PacketResult.Packet(0, length);
    }

    private PacketResult NoLine(long available) =>
        available > MaxFrame ? PacketResult.Violation(PacketFault.FrameTooLong, MaxFrame + 1L) : PacketResult.NeedMore();
}
