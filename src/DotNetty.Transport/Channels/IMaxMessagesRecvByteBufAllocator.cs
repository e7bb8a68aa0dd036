namespace DotNetty.Transport.Channels;

public interface IMaxMessagesRecvByteBufAllocator : IRecvByteBufAllocator
{
    /// <summary>The messages (on a server channel: the connections) that one <c>Read</c> may give, at most.</summary>
    int MaxMessagesPerRead { get; set; }
}
