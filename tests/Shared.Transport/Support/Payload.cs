using System.Text;
using DotNetty.Buffers;

namespace DotNetty.Transport.TestSupport;

/// <summary>Messages to send, and what they look like when they arrive.</summary>
public static class Payload
{
    public static IByteBuffer Of(string text) => Unpooled.WrappedBuffer(Encoding.ASCII.GetBytes(text));

    public static IByteBuffer Of(int size) => Unpooled.WrappedBuffer(Bytes(size));

    /// <summary>Bytes of which no two stretches are alike, so that one lost or doubled shows.</summary>
    public static byte[] Bytes(int size, int seed = 1)
    {
        byte[] bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static string Text(byte[] bytes) => Encoding.ASCII.GetString(bytes);
}
