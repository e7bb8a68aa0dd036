namespace DotNetty.Handlers.Tls;

/// <summary>Walks TLS records byte by byte, however they are cut (RFC 8446 §5.1: type, version, length, fragment).</summary>
internal struct RecordWalker
{
    public const byte ChangeCipherSpec = 20;
    public const byte Alert = 21;
    public const byte Handshake = 22;
    public const int HeaderLength = 5;

    private int _headerBytes;
    private int _payloadLeft;

    /// <summary>Content type of the current record.</summary>
    public byte Type { get; private set; }

    /// <summary>The last byte taken was the last of its record.</summary>
    public readonly bool IsBetweenRecords => _headerBytes == 0 && _payloadLeft == 0;

    /// <summary>The last byte taken was the last of its record's header, and the payload is still to come.</summary>
    public readonly bool IsAfterHeader => _headerBytes == 0 && _payloadLeft > 0;

    /// <summary>Takes one byte; true when it belongs to a record's fragment, false when to a header.</summary>
    public bool Step(byte value)
    {
        if (_payloadLeft > 0 && _headerBytes == 0)
        {
            _payloadLeft--;
            return true;
        }

        switch (_headerBytes++)
        {
            case 0:
                Type = value;
                break;
            case 3:
                _payloadLeft = value << 8;
                break;
            case 4:
                _payloadLeft |= value;
                _headerBytes = 0;
                break;
        }

        return false;
    }
}
