using DotNetty.Transport.Channels;

namespace EsockdNetty.Connections;

internal static class PipelineExtensions
{
    /// <summary>Adds one handler behind the others, without the array that <c>AddLast</c> takes them in.</summary>
    public static void Append(this IChannelPipeline pipeline, IChannelHandler handler) => pipeline.AddLast((string?)null, handler);
}
