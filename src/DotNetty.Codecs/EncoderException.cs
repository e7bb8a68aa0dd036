#nullable disable
namespace DotNetty.Codecs;

/// <summary>An encoder failed; nothing of its message was sent.</summary>
public class EncoderException : CodecException
{
    public EncoderException(string message)
        : base(message)
    {
    }

    public EncoderException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public EncoderException(Exception innerException)
        : base(innerException)
    {
    }
}
