#nullable disable
using DotNetty.Common.Internal.Logging;
using DotNetty.Common.Utilities;

namespace DotNetty.Common;

/// <summary>
/// Finds reference-counted objects that were collected without having been released. <see cref="Track"/> follows a sample of the objects
/// (all of them at <see cref="DetectionLevel.Paranoid"/>); those the garbage collector took while still open are reported, at the next sampled
/// <see cref="Track"/> after a collection or by <see cref="CheckNow"/>: at Error in the log, once a distinct report, and through <see cref="LeakReported"/> each time.
/// </summary>
public partial class ResourceLeakDetector
{
    private const string LevelVariable = "ESOCKDNETTY_LEAK_DETECTION";
    private const int DefaultSamplingInterval = 128;

    private static readonly IInternalLogger Logger = InternalLoggerFactory.GetInstance<ResourceLeakDetector>();

    private static volatile DetectionLevel _level = ParseLevel(Environment.GetEnvironmentVariable(LevelVariable));

    // One countdown a thread for all detectors: an object that is not sampled costs this decrement and nothing else.
    [ThreadStatic]
    private static int _untilNextSample;

    private readonly string _resourceType;
    private readonly int _samplingInterval;
    private readonly DistinctReports _logged = new();

    /// <summary>Samples one object in 128.</summary>
    public ResourceLeakDetector(string resourceType)
        : this(resourceType, DefaultSamplingInterval)
    {
    }

    /// <summary>Samples one object in <paramref name="samplingInterval"/> on average; 1 is every object.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An interval below 1.</exception>
    public ResourceLeakDetector(string resourceType, int samplingInterval)
    {
        ArgumentNullException.ThrowIfNull(resourceType);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samplingInterval);
        _resourceType = resourceType;
        _samplingInterval = samplingInterval;
    }

    /// <summary>How much is followed, for the whole process. Default: the variable ESOCKDNETTY_LEAK_DETECTION (disabled, simple, advanced, paranoid), else Simple.</summary>
    public static DetectionLevel Level
    {
        get => _level;
        set
        {
            if (!Enum.IsDefined(value))
                throw new ArgumentOutOfRangeException(nameof(value), value, "Not a detection level.");
            _level = value;
        }
    }

    public static bool Enabled => _level > DetectionLevel.Disabled;

    /// <summary>The countdown of the calling thread, for tests.</summary>
    internal static int UntilNextSample
    {
        get => _untilNextSample;
        set => _untilNextSample = value;
    }

    /// <summary>A detector of objects of type <typeparamref name="T"/>.</summary>
    public static ResourceLeakDetector Create<T>() => new(StringUtil.SimpleClassName<T>());

    /// <summary>Begins to follow <paramref name="obj"/>, just born. Null when it is not in the sample.</summary>
    public IResourceLeakTracker Track(object obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        var level = _level;
        if (level == DetectionLevel.Paranoid)
            return Follow(obj, level);

        return level == DetectionLevel.Disabled || --_untilNextSample > 0 && _samplingInterval > 1 ? null : Sample(obj, level);
    }

    private LeakTracker Sample(object obj, DetectionLevel level)
    {
        // A drawn distance, not a fixed one: a server that allocates in a cycle would otherwise always sample the same kind of object.
        _untilNextSample = (int)Math.Min(Random.Shared.NextInt64(1, 2L * _samplingInterval), int.MaxValue);
        return Follow(obj, level);
    }

    private LeakTracker Follow(object obj, DetectionLevel level)
    {
        CheckAfterCollection();
        return LeakTracker.Open(this, obj, level);
    }

    /// <summary>Logs a leak with the records of where the object was used, once for equal ones.</summary>
    protected void ReportTracedLeak(string type, string records)
    {
        if (_logged.IsNew(type, records))
            Logger.Error("LEAK: {}.Release() was not called before the object was collected. Recent accesses:{}{}", type, StringUtil.Newline, records);
    }

    /// <summary>Logs a leak of which nothing else is known, once a type.</summary>
    protected void ReportUntracedLeak(string type)
    {
        if (_logged.IsNew(type, string.Empty))
            Logger.Error("LEAK: {}.Release() was not called before the object was collected. Set {}=advanced to see where it was used.", type, LevelVariable);
    }

    private void Report(LeakReport report)
    {
        LeakReported?.Invoke(report);
        if (!Logger.ErrorEnabled)
            return;

        if (report.Records.Length == 0)
            ReportUntracedLeak(report.ResourceType);
        else
            ReportTracedLeak(report.ResourceType, report.Records);
    }

    private static DetectionLevel ParseLevel(string value) =>
        Enum.TryParse(value, ignoreCase: true, out DetectionLevel level) && Enum.IsDefined(level) ? level : DetectionLevel.Simple;
}
