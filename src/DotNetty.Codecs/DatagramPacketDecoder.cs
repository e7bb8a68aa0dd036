#nullable disable
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Codecs;

/// <summary>
/// Decodes the content of each <see cref="DatagramPacket"/> by a decoder of buffers. Its messages do not name the sender any more. The decoder
/// sees the pipeline's events as if it stood there itself.
/// </summary>
public class DatagramPacketDecoder : MessageToMessageDecoder<DatagramPacket>
{
    private readonly MessageToMessageDecoder<IByteBuffer> _decoder;

    public DatagramPacketDecoder(MessageToMessageDecoder<IByteBuffer> decoder)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        _decoder = decoder;
    }

    /// <summary>True when the decoder of the content is.</summary>
    public override bool IsSharable => _decoder.IsSharable;

    /// <summary>True for datagrams whose content the decoder takes; others pass by.</summary>
    public override bool AcceptInboundMessage(object msg) => msg is DatagramPacket packet && _decoder.AcceptInboundMessage(packet.Content);

    public override void ChannelRegistered(IChannelHandlerContext context) => _decoder.ChannelRegistered(context);

    public override void ChannelUnregistered(IChannelHandlerContext context) => _decoder.ChannelUnregistered(context);

    public override void ChannelActive(IChannelHandlerContext context) => _decoder.ChannelActive(context);

    public override void ChannelInactive(IChannelHandlerContext context) => _decoder.ChannelInactive(context);

    public override void ChannelReadComplete(IChannelHandlerContext context) => _decoder.ChannelReadComplete(context);

    public override void UserEventTriggered(IChannelHandlerContext context, object evt) => _decoder.UserEventTriggered(context, evt);

    public override void ChannelWritabilityChanged(IChannelHandlerContext context) => _decoder.ChannelWritabilityChanged(context);

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => _decoder.ExceptionCaught(context, exception);

    public override void HandlerAdded(IChannelHandlerContext context) => _decoder.HandlerAdded(context);

    public override void HandlerRemoved(IChannelHandlerContext context) => _decoder.HandlerRemoved(context);

    protected internal override void Decode(IChannelHandlerContext context, DatagramPacket message, List<object> output) =>
        _decoder.Decode(context, message.Content, output);
}
