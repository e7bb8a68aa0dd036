using System.Buffers;

namespace DotNetty.Handlers.Tls;

/// <summary>
/// The destination of the pending read, without storage: it asks the sink for some at the moment decrypted bytes are there,
/// so an idle connection holds no read buffer.
/// </summary>
internal sealed class PlaintextWindow(IBufferWriter<byte> sink) : MemoryManager<byte>
{
    /// <summary>The most one TLS record carries.</summary>
    public const int Size = 16 * 1024;

    public override Memory<byte> Memory => CreateMemory(Size);

    public override Span<byte> GetSpan() => sink.GetSpan(Size)[..Size];

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException("The window has no storage of its own to pin.");

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
