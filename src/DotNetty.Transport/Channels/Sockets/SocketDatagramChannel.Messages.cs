#nullable disable
using System.Net;
using System.Net.Sockets;
using DotNetty.Buffers;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>One datagram in, one datagram out.</summary>
public partial class SocketDatagramChannel
{
    // What the length field of UDP can say; no system takes more.
    private const int LargestDatagram = ushort.MaxValue;

    // Above that the loop's buffer is handed on: the datagram then fills it by half.
    private const int LargestCopy = LoopBuffers.ReceiveSize / 2;

    protected override object FilterOutboundMessage(object msg) => msg switch
    {
        DatagramPacket or IByteBuffer => msg,
        IAddressedEnvelope<IByteBuffer> envelope => ToPacket(envelope),
        _ => throw new NotSupportedException(
            $"A datagram channel sends {nameof(DatagramPacket)} or {nameof(IByteBuffer)}, not {msg.GetType().Name}: is an encoder missing from the pipeline?"),
    };

    protected override int DoReadMessages(List<object> buf)
    {
        IByteBuffer large = Buffers.Receive;
        Span<byte> free = large.GetWritableSpan(LoopBuffers.ReceiveSize);
        TransportResult result = Transport.Receive(free, out IPEndPoint sender);
        if (result.MustWait)
        {
            return 0;
        }

        if (!result.Succeeded)
        {
            throw new SocketException((int)result.Error);
        }

        CountReceived(result.Count);
        IRecvByteBufAllocatorHandle handle = Unsafe.RecvBufAllocHandle;
        handle.AttemptedBytesRead = result.Count;
        handle.LastBytesRead = result.Count;
        handle.IncMessagesRead(1);
        buf.Add(new DatagramPacket(Content(large, free[..result.Count], handle), sender, LocalAddress));
        return 1;
    }

    protected override bool DoWriteMessage(object msg, ChannelOutboundBuffer input)
    {
        (IByteBuffer content, EndPoint to) = msg is DatagramPacket packet ? (packet.Content, packet.Recipient) : ((IByteBuffer)msg, null);
        IPEndPoint recipient = Recipient(to);
        TransportResult result = content.ReadableBytes > LargestDatagram
            ? TransportResult.Failed(SocketError.MessageSize)
            : Send(content, recipient);
        if (result.Succeeded)
        {
            CountSent(result.Count);
            return true;
        }

        if (result.Error == SocketError.NoBufferSpaceAvailable)
        {
            RetryWriteLater();
            return false;
        }

        return result.MustWait ? false : throw NotSent(content.ReadableBytes, to ?? _remote, result.Error);
    }

    private protected override bool SurvivesReadError(Exception fault) => fault is not SocketException { SocketErrorCode: var error } || DatagramErrors.IsSurvived(error);

    // An envelope may do more at its release than release its content.
    private static DatagramPacket ToPacket(IAddressedEnvelope<IByteBuffer> envelope)
    {
        var packet = new DatagramPacket((IByteBuffer)envelope.Content.Retain(), envelope.Sender, envelope.Recipient);
        envelope.Release();
        return packet;
    }

    private static SocketException NotSent(int bytes, EndPoint recipient, SocketError error) =>
        new((int)error, $"A datagram of {bytes} bytes to {recipient} was not sent: {new SocketException((int)error).Message}");

    private IByteBuffer Content(IByteBuffer large, ReadOnlySpan<byte> received, IRecvByteBufAllocatorHandle handle)
    {
        if (_config.RecvByteBufAllocator is not LoopRecvByteBufAllocator)
        {
            return OwnBuffer(handle, received.Length).WriteBytes(received);
        }

        if (received.Length <= LargestCopy)
        {
            return Allocator.Buffer(Math.Max(received.Length, 1)).WriteBytes(received);
        }

        large.AdvanceWriter(received.Length);
        return Buffers.HandOn();
    }

    /// <summary>The application chose the buffers; a datagram larger than one can become is not cut for that.</summary>
    private IByteBuffer OwnBuffer(IRecvByteBufAllocatorHandle handle, int length)
    {
        IByteBuffer chosen = handle.Allocate(Allocator);
        if (length <= chosen.MaxWritableBytes)
        {
            return chosen;
        }

        chosen.Release();
        return Allocator.Buffer(length);
    }

    /// <returns>Null for the peer of a connected channel: BSD does not send to a connected socket's peer by its address.</returns>
    private IPEndPoint Recipient(EndPoint to)
    {
        if (to is null)
        {
            return IsConnected() ? null : throw new NotYetConnectedException("A datagram without a recipient goes to the peer of a connected channel, and this one is not connected.");
        }

        if (to.Equals(_remote))
        {
            return null;
        }

        IPEndPoint recipient = Resolved(to);
        return recipient.Port != 0 && !recipient.Address.Equals(IPAddress.Any) && !recipient.Address.Equals(IPAddress.IPv6Any)
            ? recipient
            : throw new SocketException((int)SocketError.AddressNotAvailable, $"Nothing can be sent to {recipient}: the recipient's address or port is missing.");
    }

    private TransportResult Send(IByteBuffer content, IPEndPoint recipient)
    {
        TransportResult result = Transport.Send(Bytes(content), recipient);
        if (!IsConnected() || result.Succeeded || MustWait(result))
        {
            return result;
        }

        // A connected socket tells of an earlier datagram's fate when the next one is sent, and does not send it. Only a second error is its own.
        TransportResult second = Transport.Send(Bytes(content), recipient);
        if (second.Succeeded || MustWait(second))
        {
            Pipeline.FireExceptionCaught(new SocketException((int)result.Error));
        }

        return second;
    }

    private static bool MustWait(TransportResult result) => result.MustWait || result.Error == SocketError.NoBufferSpaceAvailable;

    private ReadOnlySpan<byte> Bytes(IByteBuffer content)
    {
        if (content.IsContiguous)
        {
            return content.ReadableSpan;
        }

        // Free now: what is received leaves the loop's buffer before anyone can send.
        Span<byte> gathered = Buffers.Receive.GetWritableSpan(LoopBuffers.ReceiveSize)[..content.ReadableBytes];
        content.GetBytes(content.ReaderIndex, gathered);
        return gathered;
    }
}
