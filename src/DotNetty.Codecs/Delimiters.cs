#nullable disable
using DotNetty.Buffers;

namespace DotNetty.Codecs;

/// <summary>Delimiters in common use, for <see cref="DelimiterBasedFrameDecoder"/>.</summary>
public class Delimiters
{
    private Delimiters()
    {
    }

    /// <summary>A byte of 0, as Flash's XML sockets use it.</summary>
    public static IByteBuffer[] NullDelimiter() => [Unpooled.WrappedBuffer(new byte[] { 0 })];

    /// <summary><c>\r\n</c> and <c>\n</c>.</summary>
    public static IByteBuffer[] LineDelimiter() => [Unpooled.WrappedBuffer("\r\n"u8.ToArray()), Unpooled.WrappedBuffer("\n"u8.ToArray())];
}
