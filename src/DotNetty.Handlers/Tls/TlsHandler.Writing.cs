using DotNetty.Buffers;
using DotNetty.Codecs;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;
using Promise = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Handlers.Tls;

/// <summary>Plaintext waits for a flush and for the handshake, then goes down as ciphertext; small messages share a record.</summary>
public sealed partial class TlsHandler
{
    private const int RecordBytes = 16 * 1024;
    private const int RecordOverhead = 96;
    private const int BatchBytes = 64 * 1024;
    private const int SharedMessageBytes = 4 * 1024;

    [ThreadStatic]
    private static List<ArraySegment<byte>>? _pieces;

    private PlaintextQueue? _queue;
    private bool _encrypting;
    private bool _outputEnded;

    private void Enqueue(IChannelHandlerContext context, object message, Promise? promise)
    {
        if (message is not IByteBuffer buffer)
        {
            Refuse(context, message, promise, new UnsupportedMessageTypeException(message, typeof(IByteBuffer)));
        }
        else if (_outputEnded || _queue == null)
        {
            Refuse(context, message, promise, new ClosedChannelException());
        }
        else
        {
            _queue.Add(buffer, promise);
        }
    }

    private static void Refuse(IChannelHandlerContext context, object message, Promise? promise, Exception cause)
    {
        ReferenceCountUtil.Release(message);
        if (promise != null)
        {
            promise.TrySetException(cause);
        }
        else if (cause is not ClosedChannelException)
        {
            context.FireExceptionCaught(cause);
            _ = context.Channel.CloseAsync();
        }
    }

    private void EncryptFlushed(IChannelHandlerContext context)
    {
        if (_encrypting)
        {
            return;
        }

        _encrypting = true;
        try
        {
            while (_queue is { Flushed: > 0 } queue && _engine is { State: TlsEngineState.Established, IsOutputClosed: false } engine)
            {
                EncryptBatch(context, queue, engine);
            }
        }
        finally
        {
            _encrypting = false;
        }

        ReportFailure(context);
    }

    private void EncryptBatch(IChannelHandlerContext context, PlaintextQueue queue, ITlsEngine engine)
    {
        var promises = default(WritePromises);
        int total = 0;
        IByteBuffer? shared = null;
        _ciphertext?.Reserve(Estimate(queue));
        while (queue.Flushed > 0 && total < BatchBytes)
        {
            PlaintextQueue.Entry entry = queue.Take();
            total += entry.Size;
            promises.Add(entry.Promise);
            bool alone = shared == null && (queue.Flushed == 0 || total >= BatchBytes);
            Encrypt(context, engine, entry.Message, alone, ref shared);
        }

        SendShared(engine, ref shared, last: true);
        Emit(context, promises);
        queue.Settle(total);
    }

    private static int Estimate(PlaintextQueue queue)
    {
        int bytes = (int)Math.Min(queue.FlushedBytes, BatchBytes);
        return bytes + ((bytes / RecordBytes) + 2) * RecordOverhead;
    }

    private static void Encrypt(IChannelHandlerContext context, ITlsEngine engine, IByteBuffer message, bool alone, ref IByteBuffer? shared)
    {
        bool small = message.ReadableBytes <= SharedMessageBytes;
        if (message.IsContiguous && (alone || !small))
        {
            SendShared(engine, ref shared, last: false);
            Send(engine, message.ReadableMemory);
        }
        else
        {
            shared ??= context.Allocator.Buffer(RecordBytes, RecordBytes);
            if (small && shared.WritableBytes < message.ReadableBytes)
            {
                SendShared(engine, ref shared, last: false);
            }

            // In pieces: the small one before a large one, a header mostly, must not become a record of its own.
            Share(engine, message, ref shared);
        }

        message.Release();
    }

    private static void Share(ITlsEngine engine, IByteBuffer message, ref IByteBuffer? shared)
    {
        shared?.WriteBytes(message, Math.Min(message.ReadableBytes, shared.WritableBytes));
        if (message.IsReadable())
        {
            SendShared(engine, ref shared, last: false);
            SendPieces(engine, message);
        }
    }

    private static void SendShared(ITlsEngine engine, ref IByteBuffer? shared, bool last)
    {
        if (shared == null)
        {
            return;
        }

        Send(engine, shared.ReadableMemory);
        shared.Clear();
        if (last)
        {
            shared.Release();
            shared = null;
        }
    }

    private static void SendPieces(ITlsEngine engine, IByteBuffer message)
    {
        List<ArraySegment<byte>> pieces = _pieces ??= [];
        message.AddIoBuffersTo(pieces);
        foreach (ArraySegment<byte> piece in pieces)
        {
            Send(engine, piece);
        }

        pieces.Clear();
    }

    private static void Send(ITlsEngine engine, ReadOnlyMemory<byte> plaintext)
    {
        if (!plaintext.IsEmpty && engine.State == TlsEngineState.Established)
        {
            engine.Send(plaintext);
        }
    }

    // The last piece of ciphertext carries the promises: when it is out, so is all before it.
    private void Emit(IChannelHandlerContext context, WritePromises promises)
    {
        if (_engine?.Failure is { } failure)
        {
            promises.Fail(failure);
        }

        _ciphertext?.Complete();
        IByteBuffer? bytes = _ciphertext?.Take();
        if (bytes == null)
        {
            promises.Link(Task.CompletedTask);
        }

        while (bytes != null)
        {
            IByteBuffer? next = _ciphertext?.Take();
            if (next == null && !promises.IsEmpty)
            {
                promises.Link(context.WriteAsync(bytes));
            }
            else
            {
                context.Write(bytes);
            }

            bytes = next;
        }

        _flushWanted = true;
    }
}
