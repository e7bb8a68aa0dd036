using System.Net.Sockets;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>A connection on which one of the writes goes out changed, and is the last: what comes after is the server's answer alone.</summary>
internal sealed class MutatingStream(Socket socket, int write, Random chance) : NetworkStream(socket, ownsSocket: true)
{
    private int _writes;

    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (_writes++ < write)
        {
            base.Write(buffer, offset, count);
            return;
        }

        byte[] changed = Mutation.Of(buffer.AsSpan(offset, count).ToArray(), chance);
        base.Write(changed, 0, changed.Length);
        FuzzPeer.End(Socket);
        throw new IOException("nothing more to say");
    }
}
