using System.Buffers.Binary;
using DotNetty.Buffers;
using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Load;

/// <summary>One connection's messages: writes the next ones, and verifies every byte that comes back against what was sent.</summary>
internal sealed class EchoStream
{
    private readonly Pattern _pattern;
    private readonly byte[] _header;
    private readonly int _length;
    private int _writes;
    private int _expects;
    private int _offset;

    public EchoStream(Pattern pattern, int connection, int generation, int size, Framing framing)
    {
        _pattern = pattern;
        _writes = _expects = Pattern.First(connection, generation);
        _header = HeaderOf(framing, size);
        _length = _header.Length + size;
    }

    /// <summary>Messages written so far.</summary>
    public long Sent { get; private set; }

    /// <summary>Messages that have come back whole.</summary>
    public long Received { get; private set; }

    /// <summary>Bytes of a message on the wire.</summary>
    public int MessageLength => _length;

    /// <summary>Fills the span with as many messages as that.</summary>
    public void WriteNext(Span<byte> output, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _header.CopyTo(output);
            _pattern.At(_writes).CopyTo(output[_header.Length..]);
            _writes = Pattern.Next(_writes);
            output = output[_length..];
        }

        Sent += count;
    }

    /// <summary>Takes bytes that came back.</summary>
    /// <returns>False when one of them is wrong, or was never sent.</returns>
    public bool Verify(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (Received == Sent)
                return false;

            ReadOnlySpan<byte> expected = Expected();
            int count = Math.Min(expected.Length, bytes.Length);
            if (!bytes[..count].SequenceEqual(expected[..count]))
                return false;

            bytes = bytes[count..];
            Advance(count);
        }

        return true;
    }

    private ReadOnlySpan<byte> Expected() => _offset < _header.Length
        ? _header.AsSpan(_offset)
        : _pattern.At(_expects)[(_offset - _header.Length)..];

    private void Advance(int count)
    {
        _offset += count;
        if (_offset == _length)
        {
            _offset = 0;
            _expects = Pattern.Next(_expects);
            Received++;
        }
    }

    private static byte[] HeaderOf(Framing framing, int size)
    {
        var header = new byte[framing switch { Framing.Packet2 => 2, Framing.Packet4 => 4, _ => 0 }];
        if (framing == Framing.Packet2)
            BinaryPrimitives.WriteUInt16BigEndian(header, checked((ushort)size));
        if (framing == Framing.Packet4)
            BinaryPrimitives.WriteInt32BigEndian(header, size);
        return header;
    }
}
