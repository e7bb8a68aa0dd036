using System.Net.Sockets;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>A connection that is reset when so many bytes were sent.</summary>
internal sealed class CutStream(Socket socket, int length, CutStream.Moment moment) : NetworkStream(socket, ownsSocket: true)
{
    /// <summary>When the reset comes.</summary>
    public enum Moment
    {
        /// <summary>Behind the last byte, whatever the peer has to say.</summary>
        AtOnce,

        /// <summary>When there is more to send: the peer's answer was read.</summary>
        AtNextByte,
    }

    /// <summary>Bytes sent so far.</summary>
    public int Sent { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

    public override void Write(byte[] buffer, int offset, int count)
    {
        int part = Math.Min(count, length - Sent);
        base.Write(buffer, offset, part);
        Sent += part;
        if (part == count && (moment == Moment.AtNextByte || Sent < length))
            return;

        Socket.Close(0);
        throw new IOException("cut");
    }
}
