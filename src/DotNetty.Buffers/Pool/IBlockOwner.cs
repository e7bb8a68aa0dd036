namespace DotNetty.Buffers;

/// <summary>Takes buffers back whose last reference is gone, from any thread.</summary>
internal interface IBlockOwner
{
    void Return(PooledByteBuffer buffer);
}
