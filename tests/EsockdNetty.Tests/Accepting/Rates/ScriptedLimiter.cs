using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace EsockdNetty.Tests.Accepting.Rates;

/// <summary>A limiter that refuses until it is opened, says when to ask again if it knows, and keeps every lease that it gave. It has no queue.</summary>
internal sealed class ScriptedLimiter(TimeSpan? retryAfter = null) : RateLimiter
{
    private readonly Lock _gate = new();
    private readonly List<ScriptedLease> _leases = [];

    /// <summary>Whether it gives permits.</summary>
    public bool IsOpen { get; set; }

    /// <summary>What an asynchronous question waits for before it is answered.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    /// <summary>Leases given, those that refuse among them: how often it was asked.</summary>
    public int Asked => Count(static _ => true);

    /// <summary>How many of them have not been disposed.</summary>
    public int Undisposed => Count(static lease => !lease.IsDisposed);

    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        var lease = new ScriptedLease(IsOpen, retryAfter);
        lock (_gate)
        {
            _leases.Add(lease);
        }

        return lease;
    }

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        await Answering;
        return AttemptAcquireCore(permitCount);
    }

    private int Count(Func<ScriptedLease, bool> condition)
    {
        lock (_gate)
        {
            return _leases.Count(condition);
        }
    }

    private sealed class ScriptedLease(bool isAcquired, TimeSpan? retryAfter) : RateLimitLease
    {
        private volatile bool _isDisposed;

        public bool IsDisposed => _isDisposed;

        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => retryAfter is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
            return metadata is not null;
        }

        protected override void Dispose(bool disposing)
        {
            _isDisposed = true;
            base.Dispose(disposing);
        }
    }
}
