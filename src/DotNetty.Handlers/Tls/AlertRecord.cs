using DotNetty.Buffers;

namespace DotNetty.Handlers.Tls;

/// <summary>A fatal alert in a record of its own, in the clear, as before any key is agreed on.</summary>
internal static class AlertRecord
{
    private const byte Fatal = 2;

    public static IByteBuffer Of(TlsAlert alert, IByteBufferAllocator allocator)
    {
        ReadOnlySpan<byte> record = [RecordWalker.Alert, 3, 3, 0, 2, Fatal, (byte)alert];
        return allocator.Buffer(record.Length).WriteBytes(record);
    }
}
