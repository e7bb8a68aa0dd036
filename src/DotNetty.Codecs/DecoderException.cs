#nullable disable
namespace DotNetty.Codecs;

/// <summary>A decoder failed.</summary>
public class DecoderException : CodecException
{
    public DecoderException(string message)
        : base(message)
    {
    }

    public DecoderException(string message, Exception cause)
        : base(message, cause)
    {
    }

    public DecoderException(Exception cause)
        : base(cause)
    {
    }
}
