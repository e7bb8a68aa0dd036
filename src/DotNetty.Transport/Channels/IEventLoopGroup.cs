#nullable disable
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels;

/// <summary>One or more event loops that channels are spread over.</summary>
public interface IEventLoopGroup : IEventExecutorGroup
{
    new IEnumerable<IEventLoop> Items { get; }

    new IEventLoop GetNext();

    /// <summary>Gives <paramref name="channel"/> to the loop whose turn it is.</summary>
    Task RegisterAsync(IChannel channel);
}
