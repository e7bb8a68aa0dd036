#nullable disable

namespace DotNetty.Handlers.Tls;

/// <summary>The peer's bytes are not TLS: plaintext or junk on a TLS port. The connection is closed at the first byte that shows it.</summary>
public class NotSslRecordException : Exception
{
    public NotSslRecordException()
    {
    }

    public NotSslRecordException(string message)
        : base(message)
    {
    }

    public NotSslRecordException(string message, Exception cause)
        : base(message, cause)
    {
    }

    public NotSslRecordException(Exception cause)
        : base(null, cause)
    {
    }
}
