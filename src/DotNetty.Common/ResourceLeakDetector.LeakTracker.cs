#nullable disable
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace DotNetty.Common;

public partial class ResourceLeakDetector
{
    /// <summary>One followed object. It sees the object weakly and is itself held by the set of all trackers until it is closed or reported.</summary>
    private sealed class LeakTracker : IResourceLeakTracker
    {
        private const int LatestKept = 8;

        private static readonly ConcurrentDictionary<LeakTracker, byte> Trackers = new();
        private static long _lastId;
        private static int _openCount;

        private readonly WeakReference<object> _tracked;
        private readonly bool _keepsPlaces;
        private readonly LeakRecord _birth;
        private readonly Queue<LeakRecord> _latest = new();
        private int _dropped;
        private int _closed;

        private LeakTracker(ResourceLeakDetector detector, object tracked, DetectionLevel level)
        {
            Detector = detector;
            Id = Interlocked.Increment(ref _lastId);
            _tracked = new WeakReference<object>(tracked);
            _keepsPlaces = level > DetectionLevel.Simple;
            _birth = _keepsPlaces ? LeakRecord.Here(null) : null;
        }

        public static int OpenCount => Volatile.Read(ref _openCount);

        public static long LastId => Interlocked.Read(ref _lastId);

        // The enumerator takes no lock and allocates no snapshot.
        public static IEnumerable<LeakTracker> All => Trackers.Select(entry => entry.Key);

        public ResourceLeakDetector Detector { get; }

        public long Id { get; }

        public static LeakTracker Open(ResourceLeakDetector detector, object tracked, DetectionLevel level)
        {
            var tracker = new LeakTracker(detector, tracked, level);
            Interlocked.Increment(ref _openCount);
            Trackers.TryAdd(tracker, 0);
            return tracker;
        }

        // A stack trace costs microseconds: production says that there is a leak, the higher levels say where.
        public void Record()
        {
            if (_keepsPlaces)
            {
                Keep(LeakRecord.Here(null));
            }
        }

        public void Record(object hint)
        {
            // The hint is printed at once: kept as an object it could keep the tracked one alive, and no leak would ever show.
            var text = hint is IResourceLeakHint leakHint ? leakHint.ToHintString() : hint?.ToString();
            Keep(_keepsPlaces ? LeakRecord.Here(text) : LeakRecord.Of(text));
        }

        public bool Close(object trackedObject)
        {
            ArgumentNullException.ThrowIfNull(trackedObject);
            if (_tracked.TryGetTarget(out var tracked) && !ReferenceEquals(tracked, trackedObject))
                throw new ArgumentException("Another object than the one this tracker follows.", nameof(trackedObject));

            var first = End();

            // Else the object could be collected, and found still open, between its last use by the caller and the line above.
            GC.KeepAlive(trackedObject);
            return first;
        }

        public bool TryTakeCollected() => !_tracked.TryGetTarget(out _) && End();

        public string Describe() => $"{Detector._resourceType}{Environment.NewLine}{Records()}";

        public string Records()
        {
            var text = new StringBuilder();
            lock (_latest)
            {
                foreach (var record in _latest.Reverse())
                    record.AppendTo(text);
                if (_dropped > 0)
                    text.AppendLine($"  ({_dropped} earlier records were dropped)");
            }

            if (_birth is not null)
            {
                text.AppendLine("Created at:");
                _birth.AppendTo(text);
            }

            return text.ToString();
        }

        private bool End()
        {
            if (Interlocked.Exchange(ref _closed, 1) != 0)
                return false;

            Trackers.TryRemove(this, out _);
            Interlocked.Decrement(ref _openCount);
            return true;
        }

        private void Keep(LeakRecord record)
        {
            lock (_latest)
            {
                if (_latest.Count == (_keepsPlaces ? LatestKept : 1))
                {
                    _latest.Dequeue();
                    _dropped++;
                }

                _latest.Enqueue(record);
            }
        }
    }

    /// <summary>A hint and, when kept, the place it was recorded at. The stack is printed only if it is asked for.</summary>
    private sealed class LeakRecord
    {
        private readonly string _hint;
        private readonly StackTrace _place;

        private LeakRecord(string hint, StackTrace place)
        {
            _hint = hint;
            _place = place;
        }

        public static LeakRecord Of(string hint) => new(hint, null);

        public static LeakRecord Here(string hint) => new(hint, new StackTrace(2, fNeedFileInfo: false));

        public void AppendTo(StringBuilder text)
        {
            if (_hint is not null)
                text.Append("Hint: ").AppendLine(_hint);
            if (_place is not null)
                text.Append(_place);
        }
    }
}
