using DotNetty.Transport.Channels;

namespace Handlers;

/// <summary>What the program looks for in this assembly.</summary>
public static class Entry
{
    /// <summary>Adds the handlers of one connection.</summary>
    public static void AddTo(IChannelPipeline pipeline) => pipeline.AddLast(new StampHandler(), new EchoHandler());
}
