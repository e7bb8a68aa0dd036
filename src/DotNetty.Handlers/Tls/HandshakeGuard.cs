namespace DotNetty.Handlers.Tls;

/// <summary>Judges the peer's bytes before the TLS library sees them: is it TLS at all, and is it too much.</summary>
internal sealed class HandshakeGuard(bool server)
{
    public const int MaxClientHello = 64 * 1024;
    public const int MaxInput = 256 * 1024;

    private const int MessageHeaderLength = 4;
    private const byte ClientHello = 1;

    private RecordWalker _walker;
    private int _total;
    private int _header;
    private int _message;
    private int _helloLength;
    private bool _decided;

    /// <summary>What is wrong with the input so far; null while nothing is.</summary>
    public Exception? Check(ReadOnlySpan<byte> input)
    {
        Exception? fault = null;
        for (int i = 0; i < input.Length && !_decided && fault == null; i++)
        {
            fault = Step(input[i]);
        }

        _total = (int)Math.Min((long)_total + input.Length, int.MaxValue);
        if (fault == null && _total > MaxInput)
        {
            fault = new TlsHandshakeException(TlsHandshakeFailure.TooMuchInput, $"The peer sent more than {MaxInput} bytes before the handshake was done.");
        }

        return fault;
    }

    private Exception? Step(byte value)
    {
        bool payload = _walker.Step(value);
        if (!payload && _header < RecordWalker.HeaderLength)
        {
            return CheckHeader(_header++, value);
        }

        return payload ? CheckMessage(value) : null;
    }

    private NotSslRecordException? CheckHeader(int index, byte value) => index switch
    {
        // A server's first answer may be an alert; a client begins with its hello.
        0 when value != RecordWalker.Handshake && (server || value != RecordWalker.Alert) => NotTls(),
        1 when value != 3 => NotTls(),
        2 when value > 4 => NotTls(),
        3 when value > 0x48 => NotTls(),
        _ => null,
    };

    private Exception? CheckMessage(byte value)
    {
        if (!server)
        {
            _decided = true;
        }
        else if (_message++ == 0)
        {
            return value == ClientHello ? null : NotTls();
        }
        else
        {
            return CheckLength(value);
        }

        return null;
    }

    private TlsHandshakeException? CheckLength(byte value)
    {
        _helloLength = (_helloLength << 8) | value;
        _decided = _message == MessageHeaderLength;
        return _decided && _helloLength > MaxClientHello
            ? new TlsHandshakeException(TlsHandshakeFailure.ClientHelloTooLarge, $"The ClientHello announces {_helloLength} bytes; {MaxClientHello} are taken.")
            : null;
    }

    private static NotSslRecordException NotTls() => new("The peer's first bytes are not a TLS record: plaintext on a TLS port?");
}
