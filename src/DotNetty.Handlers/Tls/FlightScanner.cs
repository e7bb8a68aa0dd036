using System.Buffers;

namespace DotNetty.Handlers.Tls;

/// <summary>
/// Finds in a client's bytes where the server has something to do: at the end of the ClientHello, however records and reads cut it, and later at
/// the end of each record. Keeps nothing and looks at each byte once; whether it all makes sense is for the engine to judge.
/// </summary>
internal struct FlightScanner
{
    private const int MessageHeaderLength = 4;

    private RecordWalker _walker;
    private int _count;
    private int _length;
    private bool _isPastHello;

    /// <summary>Takes the next bytes; true when something ended among them.</summary>
    public bool Scan(ReadOnlySequence<byte> bytes)
    {
        bool ended = false;
        foreach (ReadOnlyMemory<byte> part in bytes)
        {
            foreach (byte value in part.Span)
            {
                ended |= Step(value);
            }
        }

        return ended;
    }

    private bool Step(byte value)
    {
        bool isPayload = _walker.Step(value);
        if (_isPastHello)
        {
            return _walker.IsBetweenRecords;
        }

        if (isPayload)
        {
            return StepHello(value);
        }

        // A record of another kind has no place here: the end of the hello is not waited for any more.
        _isPastHello = _walker.IsAfterHeader && _walker.Type != RecordWalker.Handshake;
        return false;
    }

    private bool StepHello(byte value)
    {
        _count++;
        if (_count is > 1 and <= MessageHeaderLength)
        {
            _length = (_length << 8) | value;
        }

        _isPastHello = _count >= MessageHeaderLength && _count == MessageHeaderLength + _length;
        return _isPastHello;
    }
}
