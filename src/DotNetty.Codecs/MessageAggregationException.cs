#nullable disable
namespace DotNetty.Codecs;

/// <summary>Parts of a message came in an order that makes no message.</summary>
public class MessageAggregationException : InvalidOperationException
{
    public MessageAggregationException(string message)
        : base(message)
    {
    }

    public MessageAggregationException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
