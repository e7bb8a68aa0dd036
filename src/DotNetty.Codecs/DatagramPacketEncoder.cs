#nullable disable
using System.Net;
using DotNetty.Buffers;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Codecs;

/// <summary>
/// Encodes the content of each <see cref="IAddressedEnvelope{T}"/> by an encoder that makes one buffer of it, and sends that as one
/// <see cref="DatagramPacket"/> with the envelope's addresses. The encoder sees the pipeline's operations as if it stood there itself.
/// </summary>
public class DatagramPacketEncoder<T> : MessageToMessageEncoder<IAddressedEnvelope<T>>
{
    private readonly MessageToMessageEncoder<T> _encoder;

    public DatagramPacketEncoder(MessageToMessageEncoder<T> encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        _encoder = encoder;
    }

    /// <summary>True when the encoder of the content is.</summary>
    public override bool IsSharable => _encoder.IsSharable;

    /// <summary>True for envelopes whose content the encoder takes; others pass by.</summary>
    public override bool AcceptOutboundMessage(object msg) =>
        msg is IAddressedEnvelope<T> envelope && _encoder.AcceptOutboundMessage(envelope.Content);

    public override Task BindAsync(IChannelHandlerContext context, EndPoint localAddress) => _encoder.BindAsync(context, localAddress);

    public override Task ConnectAsync(IChannelHandlerContext context, EndPoint remoteAddress, EndPoint localAddress) =>
        _encoder.ConnectAsync(context, remoteAddress, localAddress);

    public override Task DisconnectAsync(IChannelHandlerContext context) => _encoder.DisconnectAsync(context);

    public override Task CloseAsync(IChannelHandlerContext context) => _encoder.CloseAsync(context);

    public override Task DeregisterAsync(IChannelHandlerContext context) => _encoder.DeregisterAsync(context);

    public override void Read(IChannelHandlerContext context) => _encoder.Read(context);

    public override void Flush(IChannelHandlerContext context) => _encoder.Flush(context);

    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception) => _encoder.ExceptionCaught(context, exception);

    public override void HandlerAdded(IChannelHandlerContext context) => _encoder.HandlerAdded(context);

    public override void HandlerRemoved(IChannelHandlerContext context) => _encoder.HandlerRemoved(context);

    /// <exception cref="EncoderException">The encoder made something else than one <see cref="IByteBuffer"/>.</exception>
    protected internal override void Encode(IChannelHandlerContext context, IAddressedEnvelope<T> message, List<object> output)
    {
        _encoder.Encode(context, message.Content, output);

        // What was one message to the encoder must not become several datagrams, which may arrive without each other.
        output[0] = output is [IByteBuffer content]
            ? new DatagramPacket(content, message.Sender, message.Recipient)
            : throw new EncoderException($"{StringUtil.SimpleClassName(_encoder)} made {output.Count} messages of one; a datagram is one {nameof(IByteBuffer)}.");
    }
}
