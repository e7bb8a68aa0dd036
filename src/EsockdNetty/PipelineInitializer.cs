using DotNetty.Transport.Channels;

namespace EsockdNetty;

/// <summary>
/// Adds the handlers of one connection, behind the stages of its listener. Runs on the connection's loop when the connection is admitted:
/// handshake done, <c>ChannelActive</c> still to come. An exception ends that connection alone.
/// </summary>
public delegate void PipelineInitializer(IChannelPipeline pipeline);
