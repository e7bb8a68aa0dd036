namespace DotNetty.Common.Utilities;

/// <summary>A timeout, and its link in the bucket of its tick. The bucket's lock guards all that changes.</summary>
internal sealed class WheelTimeout(HashedWheelTimer timer, ITimerTask task) : ITimeout
{
    private const int Waiting = 0;
    private const int HasExpired = 1;
    private const int WasCanceled = 2;

    private volatile int _state = Waiting;

    public ITimer Timer => timer;

    public ITimerTask Task => task;

    public bool Expired => _state == HasExpired;

    public bool Canceled => _state == WasCanceled;

    public bool IsWaiting => _state == Waiting;

    /// <summary>The first tick at which its time has come.</summary>
    public long Tick { get; set; }

    public WheelBucket? Bucket { get; set; }

    public WheelTimeout? Next { get; set; }

    public WheelTimeout? Previous { get; set; }

    public bool Cancel() => timer.Cancel(this);

    public void Expire() => _state = HasExpired;

    public void MarkCanceled() => _state = WasCanceled;
}
