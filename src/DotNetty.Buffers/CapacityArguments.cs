namespace DotNetty.Buffers;

internal static class CapacityArguments
{
    internal static void CheckCapacity(int initialCapacity, int maxCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(initialCapacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(initialCapacity, maxCapacity);
    }
}
