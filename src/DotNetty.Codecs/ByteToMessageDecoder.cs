#nullable disable
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs;

/// <summary>
/// Turns a stream of bytes into messages. What one <see cref="Decode"/> added is fired before the next one runs, and decoding stops when the
/// handler was removed or the channel closed. While the channel is active and not writable nothing more is decoded and no read is passed on;
/// nor are more than 256 messages delivered in one turn of the loop.
/// </summary>
/// <remarks>
/// Who overrides <c>Read</c>, <c>UserEventTriggered</c> or <c>ChannelWritabilityChanged</c> calls the base's: pausing and resuming live there.
/// </remarks>
public abstract partial class ByteToMessageDecoder : ChannelHandlerAdapter, IStorageHolder
{
    /// <summary>Appends bytes to those that wait already. It owns both buffers and returns the one that holds all bytes.</summary>
    public delegate IByteBuffer CumulationFunc(IByteBufferAllocator alloc, IByteBuffer cumulation, IByteBuffer input);

    /// <summary>Copies what comes behind what waits, into storage that doubles as it grows. The default.</summary>
    public static readonly CumulationFunc MergeCumulator = Cumulation.Merge;

    /// <summary>Strings what comes together with what waits, without copying: for frames that are large and read in large pieces.</summary>
    public static CumulationFunc CompositionCumulation = Cumulation.Compose;

    // A list that once held more than this is not kept for the next turn.
    private const int KeptOutputs = 64;

    private CumulationFunc _cumulate = MergeCumulator;
    private IByteBuffer _cumulation;
    private List<object> _output;

    protected ByteToMessageDecoder() => EnsureNotSharable();

    /// <summary>True when each read delivers one message at most and the rest waits for the next read: for protocols that change. Default: false.</summary>
    public bool SingleDecode { get; set; }

    long IStorageHolder.HeldStorage => _cumulation?.StorageSize ?? 0;

    /// <summary>The bytes that wait to be decoded, as far as they can be read.</summary>
    protected int ActualReadableBytes => InternalBuffer.ReadableBytes;

    /// <summary>The bytes that wait to be decoded; empty when there are none. It stays the decoder's.</summary>
    protected IByteBuffer InternalBuffer => _cumulation ?? Unpooled.Empty;

    /// <summary>How bytes are put together that do not make a message yet. Default: <see cref="MergeCumulator"/>.</summary>
    public void SetCumulator(CumulationFunc cumulationFunc)
    {
        ArgumentNullException.ThrowIfNull(cumulationFunc);
        _cumulate = cumulationFunc;
    }

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        if (_busy || _held)
        {
            (_waiting ??= new Queue<object>()).Enqueue(message);
            return;
        }

        _active = context.Channel.Active;
        RunTurn(context, message);
    }

    public override void ChannelReadComplete(IChannelHandlerContext context)
    {
        if (_busy)
        {
            _completeKept = true;
            return;
        }

        _cumulation = Cumulation.Shrink(context.Allocator, _cumulation);
        bool asksAgain = _took && !_produced && !_held && !context.Channel.Configuration.AutoRead;
        if (!_held)
        {
            _took = _produced = false;
            _rounds = 0;
        }

        context.FireChannelReadComplete();
        if (asksAgain)
        {
            context.Read();
        }
    }

    /// <summary>Frees the storage of bytes already decoded when that is worth the copy and nobody else holds the buffer.</summary>
    protected void DiscardSomeReadBytes()
    {
        if (_cumulation is { ReferenceCount: 1 })
        {
            _cumulation.DiscardSomeReadBytes();
        }
    }

    /// <summary>Decodes <paramref name="input"/> message by message until it needs more, or has to stop.</summary>
    protected virtual void CallDecode(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        IChannel channel = context.Channel;
        while (input.IsReadable() && MayDecode(context, channel))
        {
            int before = input.ReadableBytes;
            Decode(context, input, output);
            if (context.Removed)
            {
                return;
            }

            bool consumed = input.ReadableBytes != before;
            if (output.Count > 0)
            {
                CheckConsumed(consumed);
                if (!Deliver(context, output))
                {
                    return;
                }
            }
            else if (!consumed)
            {
                return;
            }
        }
    }

    /// <summary>
    /// Takes one message out of <paramref name="input"/>, if it is there whole, and adds it to <paramref name="output"/>. To add nothing and
    /// consume nothing means that more bytes are needed; to add something and consume nothing is an error.
    /// </summary>
    protected internal abstract void Decode(IChannelHandlerContext context, IByteBuffer input, List<object> output);

    /// <summary>The last call: no more bytes will come. Decodes once more unless overridden.</summary>
    protected virtual void DecodeLast(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.IsReadable())
        {
            Decode(context, input, output);
        }
    }

    /// <summary>Fires what one <see cref="Decode"/> added. False where decoding stops with that.</summary>
    private protected bool Deliver(IChannelHandlerContext context, List<object> output)
    {
        _rounds++;
        Fire(context, output);
        return !SingleDecode && !context.Removed;
    }

    private void CheckConsumed(bool consumed)
    {
        if (!consumed)
        {
            throw new DecoderException($"{GetType().Name}.Decode produced a message without reading a byte: it would do so for ever.");
        }
    }

    private void Fire(IChannelHandlerContext context, List<object> output)
    {
        if (output.Count == 0)
        {
            return;
        }

        _produced = true;
        for (int i = 0; i < output.Count; i++)
        {
            context.FireChannelRead(output[i]);
        }

        output.Clear();
    }
}
