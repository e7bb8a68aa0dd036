#nullable disable
namespace DotNetty.Common;

/// <summary>Follows one object from its birth to its last release.</summary>
public interface IResourceLeakTracker
{
    /// <summary>Notes the place of this call.</summary>
    void Record();

    /// <summary>Notes the place of this call and what <paramref name="hint"/> says.</summary>
    void Record(object hint);

    /// <summary>Ends the tracking: the object was released as it should be.</summary>
    /// <param name="trackedObject">The object given to <see cref="ResourceLeakDetector.Track"/>.</param>
    /// <returns>False when it was closed, or reported as leaked, before.</returns>
    /// <exception cref="ArgumentException">Another object than the tracked one.</exception>
    bool Close(object trackedObject);
}
