using System.Buffers;

namespace DotNetty.Handlers.Tls;

/// <summary>
/// Finds a ClientHello's end in what a client sends, however records and reads cut it, and keeps the message without the record headers.
/// Each byte is looked at once; no more is kept than was received, and no more than 64 KiB.
/// </summary>
internal sealed class ClientHelloReader : IDisposable
{
    private const int HeaderLength = 4;
    private const int FirstSize = 1024;

    private readonly HandshakeGuard _guard = new(server: true);
    private RecordWalker _walker;
    private byte[] _message = [];
    private int _count;
    private int _length = HeaderLength;
    private int _headerBytes;

    /// <summary>The message is there to its end.</summary>
    public bool IsComplete => _count > HeaderLength && _count == _length;

    /// <summary>The message's body; empty before it is complete.</summary>
    public ReadOnlySpan<byte> Body => IsComplete ? _message.AsSpan(HeaderLength, _count - HeaderLength) : default;

    /// <summary>Takes the next bytes.</summary>
    /// <returns>What is wrong with the input; null while nothing is.</returns>
    public Exception? Read(ReadOnlySpan<byte> input)
    {
        Exception? fault = _guard.Check(input);
        for (int i = 0; i < input.Length && fault == null && !IsComplete; i++)
        {
            fault = Step(input[i]);
        }

        return fault;
    }

    public void Dispose()
    {
        byte[] message = _message;
        _message = [];
        _count = 0;
        if (message.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    private Exception? Step(byte value)
    {
        if (_walker.Step(value))
        {
            return Keep(value);
        }

        // Nothing may stand between the fragments of a message (RFC 8446 §5.1).
        bool type = _headerBytes == 0;
        _headerBytes = (_headerBytes + 1) % RecordWalker.HeaderLength;
        return type && value != RecordWalker.Handshake
            ? new NotSslRecordException("A record of another kind stands in the middle of the ClientHello.")
            : null;
    }

    private TlsHandshakeException? Keep(byte value)
    {
        if (_count == _message.Length)
        {
            Grow();
        }

        _message[_count++] = value;
        if (_count != HeaderLength)
        {
            return null;
        }

        _length = HeaderLength + ((_message[1] << 16) | (_message[2] << 8) | _message[3]);
        return _length == HeaderLength ? new TlsHandshakeException(TlsHandshakeFailure.MalformedClientHello, "The ClientHello is empty.") : null;
    }

    // By what was received, not by what was announced.
    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstSize, _message.Length * 2));
        _message.AsSpan(0, _count).CopyTo(larger);
        if (_message.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_message);
        }

        _message = larger;
    }
}
