namespace DotNetty.Common;

/// <summary>One object that was collected without having been released.</summary>
/// <param name="Id">Its place in the order in which followed objects were born; see <see cref="ResourceLeakDetector.Mark"/>.</param>
/// <param name="ResourceType">What the detector that followed it looks after.</param>
/// <param name="Records">Where it was born and last used; empty when the level kept nothing.</param>
public sealed record LeakReport(long Id, string ResourceType, string Records);
