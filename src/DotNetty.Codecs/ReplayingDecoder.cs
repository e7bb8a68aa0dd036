#nullable disable
using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace DotNetty.Codecs;

/// <summary>
/// A decoder that goes through states. Where bytes are missing <see cref="ByteToMessageDecoder.Decode"/> calls <see cref="RequestReplay"/> and
/// returns: with more bytes it is called again, at the last checkpoint, in the state set there. What <c>Decode</c> added before stays added.
/// </summary>
/// <remarks>To return without having read, added, changed the state or asked for a replay is an error: it would do so for ever.</remarks>
public abstract class ReplayingDecoder<TState> : ByteToMessageDecoder
    where TState : struct
{
    // Counted from the end: discarding what was read moves every index.
    private int _checkpoint;

    protected ReplayingDecoder(TState initialState) => State = initialState;

    /// <summary>The state set by the last checkpoint.</summary>
    protected TState State { get; private set; }

    /// <summary>True once the present call has asked for a replay.</summary>
    protected bool ReplayRequested { get; private set; }

    /// <summary>A replay begins here.</summary>
    protected void Checkpoint() => _checkpoint = InternalBuffer.ReadableBytes;

    /// <summary>A replay begins here, in <paramref name="newState"/>.</summary>
    protected void Checkpoint(TState newState)
    {
        Checkpoint();
        State = newState;
    }

    /// <summary>Says that bytes are missing. <c>Decode</c> returns after it.</summary>
    protected void RequestReplay() => ReplayRequested = true;

    protected override void CallDecode(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        IChannel channel = context.Channel;
        while (input.IsReadable() && MayDecode(context, channel))
        {
            bool progressed = DecodeOnce(context, input, output);
            if (context.Removed)
            {
                return;
            }

            if (!progressed && (output.Count > 0 || !ReplayRequested))
            {
                throw new DecoderException($"{GetType().Name}.Decode neither read a byte nor changed its state nor asked for a replay.");
            }

            if ((output.Count > 0 && !Deliver(context, output)) || ReplayRequested)
            {
                return;
            }
        }
    }

    private bool DecodeOnce(IChannelHandlerContext context, IByteBuffer input, List<object> output)
    {
        int before = input.ReadableBytes;
        TState stateBefore = State;
        _checkpoint = before;
        ReplayRequested = false;
        Decode(context, input, output);
        if (ReplayRequested)
        {
            input.SetReaderIndex(input.WriterIndex - _checkpoint);
        }

        return input.ReadableBytes != before || !EqualityComparer<TState>.Default.Equals(State, stateBefore);
    }
}
