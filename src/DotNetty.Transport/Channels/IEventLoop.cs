#nullable disable
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels;

/// <summary>An event executor that also serves the I/O of the channels registered with it.</summary>
public interface IEventLoop : IEventLoopGroup, IEventExecutor
{
    new IEventLoopGroup Parent { get; }
}
