namespace DotNetty.Buffers;

internal static class RegionErrors
{
    internal static InvalidOperationException NotContiguous(int regions) =>
        new($"The bytes lie in {regions} regions; use ReadableSequence, or copy them into one buffer.");
}
