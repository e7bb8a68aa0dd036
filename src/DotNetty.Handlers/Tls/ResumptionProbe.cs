using System.Buffers.Binary;

namespace DotNetty.Handlers.Tls;

/// <summary>
/// Reads off the server's cleartext flight whether the session was resumed, which SslStream does not tell.
/// TLS 1.3 says it in the ServerHello (pre_shared_key, RFC 8446 §4.2.11); in TLS 1.2 no Certificate follows the ServerHello (RFC 5246 §7.3).
/// </summary>
internal sealed class ResumptionProbe
{
    private const byte ServerHello = 2;
    private const byte NewSessionTicket = 4;
    private const int MessageHeaderLength = 4;
    private const int RandomOffset = 2;
    private const int SessionIdOffset = 34;
    private const int MaxHello = 8 * 1024;
    private const ushort PreSharedKey = 41;
    private const ushort SupportedVersions = 43;

    private RecordWalker _walker;
    private int _headerBytes;
    private int _header;
    private byte[] _hello = [];
    private int _helloBytes;
    private bool _helloSeen;

    public bool IsDecided { get; private set; }

    public bool IsResumed { get; private set; }

    /// <summary>The random of a ServerHello that is a HelloRetryRequest (RFC 8446 §4.1.3): the real one is still to come.</summary>
    private static ReadOnlySpan<byte> RetryRandom =>
    [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ];

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length && !IsDecided; i++)
        {
            if (_walker.Step(bytes[i]))
            {
                Take(bytes[i]);
            }
        }
    }

    private void Take(byte value)
    {
        if (_walker.Type == RecordWalker.Handshake)
        {
            TakeHandshake(value);
        }
        else if (_walker.Type != RecordWalker.ChangeCipherSpec)
        {
            Decide(false);
        }
        else if (_helloSeen)
        {
            Decide(true);
        }
    }

    private void TakeHandshake(byte value)
    {
        if (_headerBytes < MessageHeaderLength)
        {
            TakeHeader(value);
        }
        else
        {
            TakeHello(value);
        }
    }

    private void TakeHeader(byte value)
    {
        _header = (_header << 8) | value;
        if (++_headerBytes < MessageHeaderLength)
        {
            return;
        }

        int type = _header >>> 24;
        int length = _header & 0xFFFFFF;
        if (_helloSeen)
        {
            Decide(type == NewSessionTicket);
        }
        else if (type != ServerHello || length is < SessionIdOffset or > MaxHello)
        {
            Decide(false);
        }
        else
        {
            _hello = new byte[length];
        }
    }

    private void TakeHello(byte value)
    {
        _hello[_helloBytes++] = value;
        if (_helloBytes < _hello.Length)
        {
            return;
        }

        if (!_hello.AsSpan(RandomOffset, RetryRandom.Length).SequenceEqual(RetryRandom))
        {
            JudgeHello();
        }

        _headerBytes = _header = _helloBytes = 0;
    }

    private void JudgeHello()
    {
        _helloSeen = true;
        if (HasExtension(SupportedVersions))
        {
            Decide(HasExtension(PreSharedKey));
        }
    }

    private bool HasExtension(ushort wanted)
    {
        // After the session id: suite (2), compression (1), length of the extensions (2).
        int at = SessionIdOffset + 1 + (_hello.Length > SessionIdOffset ? _hello[SessionIdOffset] : 0) + 5;
        while (at + 4 <= _hello.Length)
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(_hello.AsSpan(at)) == wanted)
            {
                return true;
            }

            at += 4 + BinaryPrimitives.ReadUInt16BigEndian(_hello.AsSpan(at + 2));
        }

        return false;
    }

    private void Decide(bool resumed)
    {
        IsDecided = true;
        IsResumed = resumed;
        _hello = [];
    }
}
