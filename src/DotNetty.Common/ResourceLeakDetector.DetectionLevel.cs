#nullable disable
namespace DotNetty.Common;

public partial class ResourceLeakDetector
{
    /// <summary>How many objects are followed and how much is kept of each.</summary>
    public enum DetectionLevel
    {
        /// <summary>None.</summary>
        Disabled = 0,

        /// <summary>A sample, and of each the last hint.</summary>
        Simple = 1,

        /// <summary>A sample, and of each the places of its birth and its latest uses.</summary>
        Advanced = 2,

        /// <summary>Every object, with the places of its birth and its latest uses. For tests.</summary>
        Paranoid = 3,
    }
}
