#nullable disable
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs;

/// <summary>A <see cref="MessageToMessageDecoder{T}"/> and a <see cref="MessageToMessageEncoder{T}"/> in one handler.</summary>
public abstract class MessageToMessageCodec<TInbound, TOutbound> : ChannelDuplexHandler
{
    private readonly Decoder _decoder;
    private readonly Encoder _encoder;

    protected MessageToMessageCodec()
    {
        _decoder = new Decoder(this);
        _encoder = new Encoder(this);
    }

    /// <summary>True for the messages that are decoded; others pass by. Default: those of type <typeparamref name="TInbound"/>.</summary>
    public virtual bool AcceptInboundMessage(object msg) => msg is TInbound;

    /// <summary>True for the messages that are encoded; others pass by. Default: those of type <typeparamref name="TOutbound"/>.</summary>
    public virtual bool AcceptOutboundMessage(object msg) => msg is TOutbound;

    public sealed override void ChannelRead(IChannelHandlerContext context, object message) => _decoder.ChannelRead(context, message);

    public sealed override Task WriteAsync(IChannelHandlerContext context, object message) => _encoder.WriteAsync(context, message);

    public sealed override void Write(IChannelHandlerContext context, object message) => _encoder.Write(context, message);

    /// <inheritdoc cref="MessageToMessageEncoder{T}.Encode"/>
    protected abstract void Encode(IChannelHandlerContext ctx, TOutbound msg, List<object> output);

    /// <inheritdoc cref="MessageToMessageDecoder{T}.Decode"/>
    protected abstract void Decode(IChannelHandlerContext ctx, TInbound msg, List<object> output);

    private sealed class Decoder(MessageToMessageCodec<TInbound, TOutbound> codec) : MessageToMessageDecoder<TInbound>
    {
        public override bool AcceptInboundMessage(object msg) => codec.AcceptInboundMessage(msg);

        protected internal override void Decode(IChannelHandlerContext context, TInbound message, List<object> output) =>
            codec.Decode(context, message, output);
    }

    private sealed class Encoder(MessageToMessageCodec<TInbound, TOutbound> codec) : MessageToMessageEncoder<TOutbound>
    {
        public override bool AcceptOutboundMessage(object msg) => codec.AcceptOutboundMessage(msg);

        protected internal override void Encode(IChannelHandlerContext context, TOutbound message, List<object> output) =>
            codec.Encode(context, message, output);
    }
}
