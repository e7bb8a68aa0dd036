#nullable disable
using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Common.Utilities;
using TaskCompletionSource = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>
/// Writing. A single buffer goes by one send; several small ones are gathered in the loop's staging buffer; large ones go by one gathering send;
/// a file goes piece by piece through the staging buffer.
/// </summary>
public abstract partial class AbstractSocketByteChannel
{
    private const int LargestGathered = 4 * 1024;
    private const int MostSegments = 64;
    private const int MostBytesAtOnce = 1024 * 1024;

    private bool _writeWaiting;
    private bool _outputEnding;
    private bool _outputEnded;
    private TaskCompletionSource _outputShutdown;

    /// <summary>True once nothing more can be sent.</summary>
    public bool IsOutputShutdown => _outputEnding || Closing;

    /// <summary>Sends what was flushed, then FIN; receiving goes on. Later writes fail.</summary>
    public Task ShutdownOutputAsync()
    {
        if (EventLoop.InEventLoop)
        {
            return ShutdownOutput();
        }

        return EventLoop.SubmitAsync<Task>(ShutdownOutput).Unwrap();
    }

    protected override void DoWrite(ChannelOutboundBuffer input)
    {
        for (int spin = Configuration.WriteSpinCount; !input.IsEmpty; spin--)
        {
            if (spin == 0)
            {
                // Others have their turn; this goes on in the next.
                YieldWrite();
                return;
            }

            object first = input.Current;
            TransportResult result = SendSome(input, first);
            if (result.MustWait)
            {
                WaitForWritability(input);
                return;
            }

            if (!result.Succeeded)
            {
                throw new SocketException((int)result.Error);
            }

            if (result.Count > 0)
            {
                CountSent(result.Count);
            }

            Remove(input, first, result.Count);
        }

        EndOutput();

        // A close that began in the middle of this sending, by a promise's continuation, waits for its end.
        ContinueClose();
    }

    private TransportResult SendSome(ChannelOutboundBuffer input, object first)
    {
        if (first is DefaultFileRegion region)
        {
            return SendPiece(region, input.CurrentProgress);
        }

        var buffer = (IByteBuffer)first;
        if (input.Size == 1 && buffer.IsContiguous)
        {
            ReadOnlySpan<byte> bytes = buffer.ReadableSpan;
            return bytes.IsEmpty ? TransportResult.Of(0) : _socket.Send(bytes);
        }

        int readable = buffer.ReadableBytes;
        if (readable == 0)
        {
            return TransportResult.Of(0);
        }

        return readable <= LargestGathered
            ? _socket.Send(Gather(input))
            : _socket.SendMany(input.GetSharedBufferList(MostSegments, MostBytesAtOnce));
    }

    private static void Remove(ChannelOutboundBuffer input, object first, int sent)
    {
        if (first is not DefaultFileRegion region)
        {
            input.RemoveBytes(sent);
            return;
        }

        // Kept with the write: one region may be on its way to many channels.
        input.Progress(sent);
        region.Reached(input.CurrentProgress);
        if (input.CurrentProgress >= region.Count)
        {
            input.Remove();
        }
    }

    private TransportResult SendPiece(DefaultFileRegion region, long offset)
    {
        if (offset >= region.Count)
        {
            return TransportResult.Of(0);
        }

        Span<byte> staging = Buffers.Staging;
        return _socket.Send(staging[..region.Read(staging, offset)]);
    }

    private ReadOnlySpan<byte> Gather(ChannelOutboundBuffer input)
    {
        Span<byte> staging = Buffers.Staging;
        int gathered = 0;
        for (int i = 0; i < input.Size; i++)
        {
            if (input.FlushedMessage(i) is not IByteBuffer next)
            {
                break;
            }

            int readable = next.ReadableBytes;
            if (readable > LargestGathered || gathered + readable > staging.Length)
            {
                break;
            }

            next.GetBytes(next.ReaderIndex, staging.Slice(gathered, readable));
            gathered += readable;
        }

        return staging[..gathered];
    }

    private void WaitForWritability(ChannelOutboundBuffer input)
    {
        _writeWaiting = true;
        input.Compact();
        _socket.WantWrite(true);
    }

    private void YieldWrite()
    {
        _writeWaiting = true;
        EventLoop.Execute(static channel => ((ITransportEvents)channel).OnWritable(), this);
    }

    private Task ShutdownOutput()
    {
        if (_outputEnding || !Active)
        {
            return _outputShutdown?.Task ?? TaskEx.Completed;
        }

        Flush();
        _outputEnding = true;
        _outputShutdown = new TaskCompletionSource();
        EndOutput();
        return _outputShutdown.Task;
    }

    /// <summary>FIN, once it is asked for and everything before it is out.</summary>
    private void EndOutput()
    {
        if (!_outputEnding || _outputEnded || !Open || !Unsafe.OutboundBuffer.IsEmpty)
        {
            return;
        }

        _outputEnded = true;
        SocketError error = _socket.Shutdown(SocketShutdown.Send);
        if (error != SocketError.Success)
        {
            // The peer never gets its FIN: the connection is not there any more.
            var fault = new SocketException((int)error);
            _outputShutdown.TrySetException(new ClosedChannelException(fault.Message, fault));
            CloseBroken(fault);
            return;
        }

        _outputShutdown.TryComplete();
        if (_inputEnded)
        {
            _ = CloseAsync();
        }
    }
}
