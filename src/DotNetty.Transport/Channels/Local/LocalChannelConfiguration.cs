#nullable disable
namespace DotNetty.Transport.Channels.Local;

/// <summary>The options of a channel within this process; one that stops reading takes back the read that was not answered yet.</summary>
internal sealed class LocalChannelConfiguration(IChannel channel, Action cancelRead)
    : DefaultChannelConfiguration(channel, LoopRecvByteBufAllocator.Accepting)
{
    /// <summary>How many messages answer one <c>Read</c> at most.</summary>
    public int MostMessagesPerRead =>
        (RecvByteBufAllocator as IMaxMessagesRecvByteBufAllocator)?.MaxMessagesPerRead ?? 1;

    protected override void AutoReadCleared() => cancelRead();
}
