#nullable disable
namespace DotNetty.Common;

public partial class ResourceLeakDetector
{
    /// <summary>Remembers what was logged, so that one leak in a loop is one line and not a flood.</summary>
    private sealed class DistinctReports
    {
        private const int Remembered = 1000;

        private readonly HashSet<(string Type, string Records)> _seen = [];

        public bool IsNew(string type, string records)
        {
            lock (_seen)
                return _seen.Count < Remembered && _seen.Add((type, records));
        }
    }
}
