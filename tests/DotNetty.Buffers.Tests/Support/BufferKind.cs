namespace DotNetty.Buffers.Tests;

public enum BufferKind
{
    Pooled,
    PooledDirect,
    PooledLarge,
    UnpooledHeap,
    UnpooledDirect,
    Wrapped,
    CompositeOfOne,
    CompositeOfMany,
    Slice,
    RetainedSlice,
    SliceOfSlice,
    Duplicate,
    RetainedDuplicate,
    SliceOfComposite,
    RetainedSliceOfComposite,
    DuplicateOfComposite,
    Unreleasable,
    Foreign,
}
