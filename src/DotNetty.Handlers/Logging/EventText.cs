using DotNetty.Buffers;

namespace DotNetty.Handlers.Logging;

/// <summary>What an event carries, as text: buffers with their size and a dump.</summary>
internal static class EventText
{
    public static string Of(object? arg) => arg switch
    {
        IByteBuffer buffer => $", {Bytes(buffer)}",
        IByteBufferHolder holder => $", {holder}, {Bytes(holder.Content)}",
        _ => $": {arg}",
    };

    private static string Bytes(IByteBuffer buffer) => buffer.IsReadable()
        ? $"{buffer.ReadableBytes}B{Environment.NewLine}{ByteBufferUtil.PrettyHexDump(buffer)}"
        : "0B";
}
