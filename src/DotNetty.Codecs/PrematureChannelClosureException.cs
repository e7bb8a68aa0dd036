#nullable disable
namespace DotNetty.Codecs;

/// <summary>The channel closed before an answer that was still to come.</summary>
public class PrematureChannelClosureException : CodecException
{
    public PrematureChannelClosureException(string message)
        : base(message)
    {
    }

    public PrematureChannelClosureException(string message, Exception exception)
        : base(message, exception)
    {
    }

    public PrematureChannelClosureException(Exception exception)
        : base(exception)
    {
    }
}
