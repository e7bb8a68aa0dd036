#nullable disable
namespace DotNetty.Codecs;

/// <summary>A decoder or an encoder failed.</summary>
public class CodecException : Exception
{
    public CodecException()
    {
    }

    public CodecException(string message, Exception innereException)
        : base(message, innereException)
    {
    }

    public CodecException(string message)
        : base(message)
    {
    }

    public CodecException(Exception innerException)
        : base(innerException?.Message, innerException)
    {
    }
}
