#nullable disable
namespace DotNetty.Buffers;

/// <summary>A run of blocks of one size.</summary>
public interface IPoolSubpageMetric
{
    int ElementSize { get; }

    int MaxNumElements { get; }

    int NumAvailable { get; }

    int PageSize { get; }
}
