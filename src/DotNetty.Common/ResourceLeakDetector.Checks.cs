#nullable disable
namespace DotNetty.Common;

public partial class ResourceLeakDetector
{
    private static readonly Lock CheckLock = new();
    private static int _collectionsSeen;

    /// <summary>Raised for every object found leaked, on the thread that looked.</summary>
    public static event Action<LeakReport> LeakReported;

    /// <summary>The number of objects followed at this moment: neither released nor reported.</summary>
    public static int OpenTrackers => LeakTracker.OpenCount;

    /// <summary>A point in the order in which objects are born: those followed later have a higher <see cref="LeakReport.Id"/>.</summary>
    public static long Mark() => LeakTracker.LastId;

    /// <summary>Type and records of each object followed since <paramref name="mark"/> and still open. Needs no garbage collection: exact at <see cref="DetectionLevel.Paranoid"/>.</summary>
    public static IReadOnlyList<string> DescribeOpenTrackers(long mark = 0) =>
        [.. LeakTracker.All.Where(tracker => tracker.Id > mark).OrderBy(tracker => tracker.Id).Select(tracker => tracker.Describe())];

    /// <summary>Reports every followed object that the garbage collector has taken by now. Everything found is reported when this returns.</summary>
    public static void CheckNow()
    {
        lock (CheckLock)
            ReportCollected();
    }

    // An object can only have gone since the last look if there was a collection, so looking costs nothing between two of them.
    private static void CheckAfterCollection()
    {
        if (GC.CollectionCount(0) == Volatile.Read(ref _collectionsSeen) || !CheckLock.TryEnter())
            return;

        try
        {
            ReportCollected();
        }
        finally
        {
            CheckLock.Exit();
        }
    }

    private static void ReportCollected()
    {
        // Counted before the look: a collection during it is looked at again.
        Volatile.Write(ref _collectionsSeen, GC.CollectionCount(0));
        foreach (var tracker in LeakTracker.All)
        {
            if (tracker.TryTakeCollected())
                tracker.Detector.Report(new LeakReport(tracker.Id, tracker.Detector._resourceType, tracker.Records()));
        }
    }
}
