#nullable disable
namespace DotNetty.Codecs;

/// <summary>The peer sent a frame that cannot be one.</summary>
public class CorruptedFrameException : DecoderException
{
    public CorruptedFrameException(string message)
        : base(message)
    {
    }

    public CorruptedFrameException(Exception cause)
        : base(cause)
    {
    }
}
