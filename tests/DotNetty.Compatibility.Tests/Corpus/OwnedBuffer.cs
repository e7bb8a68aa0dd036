using DotNetty.Buffers;

namespace DotNetty.Compatibility.Tests.Corpus;

/// <summary>Releases a buffer at the end of a test.</summary>
internal sealed class OwnedBuffer(IByteBuffer buffer) : IDisposable
{
    public IByteBuffer Buffer => buffer;

    public void Dispose() => buffer.Release();
}
