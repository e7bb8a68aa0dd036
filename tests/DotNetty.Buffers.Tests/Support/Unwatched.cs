using DotNetty.Common;

namespace DotNetty.Buffers.Tests;

/// <summary>Switches the leak detector off, whose records are allocations.</summary>
internal sealed class Unwatched : IDisposable
{
    private readonly ResourceLeakDetector.DetectionLevel _before = ResourceLeakDetector.Level;

    internal Unwatched() => ResourceLeakDetector.Level = ResourceLeakDetector.DetectionLevel.Disabled;

    public void Dispose() => ResourceLeakDetector.Level = _before;
}
