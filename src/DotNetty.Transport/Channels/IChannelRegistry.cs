namespace DotNetty.Transport.Channels;

/// <summary>A loop that knows its channels, so that none is left open when it ends. On the loop only.</summary>
internal interface IChannelRegistry
{
    void Add(AbstractChannel channel);

    void Remove(AbstractChannel channel);
}
