#nullable disable
using System.Buffers;

namespace DotNetty.Buffers;

/// <summary>Buffers in the terms of System.Buffers.</summary>
public static class ByteBufferExtensions
{
    /// <summary>The buffer as a writer: what is written goes behind the writer index.</summary>
    public static IBufferWriter<byte> AsBufferWriter(this IByteBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return buffer as IBufferWriter<byte> ?? new Writer(buffer);
    }

    private sealed class Writer(IByteBuffer buffer) : IBufferWriter<byte>
    {
        public void Advance(int count)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            buffer.AdvanceWriter(count);
        }

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            buffer.EnsureWritable(Math.Max(sizeHint, 1));
            return buffer.GetIoBuffer(buffer.WriterIndex, buffer.WritableBytes);
        }

        public Span<byte> GetSpan(int sizeHint = 0) => buffer.GetWritableSpan(Math.Max(sizeHint, 1));
    }
}
