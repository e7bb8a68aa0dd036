#nullable disable
namespace DotNetty.Codecs;

/// <summary>The peer sent a frame that is longer than allowed.</summary>
public class TooLongFrameException : DecoderException
{
    public TooLongFrameException(string message)
        : base(message)
    {
    }

    public TooLongFrameException(Exception cause)
        : base(cause)
    {
    }
}
