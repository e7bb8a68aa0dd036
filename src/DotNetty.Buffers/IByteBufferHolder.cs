#nullable disable
using DotNetty.Common;

namespace DotNetty.Buffers;

/// <summary>A message that carries a buffer, and whose reference count is the buffer's.</summary>
public interface IByteBufferHolder : IReferenceCounted
{
    /// <summary>The buffer carried.</summary>
    /// <exception cref="Common.Utilities.IllegalReferenceCountException">It has been released.</exception>
    IByteBuffer Content { get; }

    /// <summary>The message with a copy of its content.</summary>
    IByteBufferHolder Copy();

    /// <summary>The message with <see cref="IByteBuffer.Duplicate"/> of its content.</summary>
    IByteBufferHolder Duplicate();

    /// <summary>The message with <see cref="IByteBuffer.RetainedDuplicate"/> of its content.</summary>
    IByteBufferHolder RetainedDuplicate();

    /// <summary>The message with other content.</summary>
    IByteBufferHolder Replace(IByteBuffer content);
}
