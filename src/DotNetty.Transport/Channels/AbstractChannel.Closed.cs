#nullable disable
using TaskCompletionSource = DotNetty.Common.Concurrency.TaskCompletionSource;

namespace DotNetty.Transport.Channels;

/// <summary>Who is told that the channel has been closed to the end: those who await its completion, and one listener.</summary>
public abstract partial class AbstractChannel
{
    private TaskCompletionSource _closeCompletion;
    private ICloseListener _closeListener;
    private ICloseListener _toldListener;
    private volatile bool _released;
    private bool _closeComplete;

    /// <summary>Completes when the channel has been closed to the end; made for those who ask.</summary>
    public Task CloseCompletion
    {
        get
        {
            TaskCompletionSource promise = Volatile.Read(ref _closeCompletion);
            if (promise is null)
            {
                promise = new TaskCompletionSource();
                promise = Interlocked.CompareExchange(ref _closeCompletion, promise, null) ?? promise;
            }

            // Whoever comes second of this and CompleteClose sees the other's write.
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _closeComplete))
            {
                promise.TryComplete();
            }

            return promise.Task;
        }
    }

    /// <summary>
    /// The one who is told when the channel has been closed to the end, once; told at once where it has been. It stays here afterwards, so that
    /// whoever asks on another thread finds the same one before, during and after the close.
    /// </summary>
    public ICloseListener CloseListener
    {
        get => Volatile.Read(ref _closeListener);
        set
        {
            Interlocked.Exchange(ref _closeListener, value);
            if (_released)
            {
                TellCloseListener();
            }
        }
    }

    private void CompleteClose()
    {
        _pipeline.UseLoop(null);
        Volatile.Write(ref _closeComplete, true);
        Interlocked.MemoryBarrier();
        Volatile.Read(ref _closeCompletion)?.TryComplete();
    }

    private void TellCloseListener()
    {
        try
        {
            ICloseListener listener = Volatile.Read(ref _closeListener);
            if (listener is not null && Interlocked.Exchange(ref _toldListener, listener) != listener)
            {
                listener.OnClosed(this);
            }
        }
        catch (Exception fault)
        {
            Logger.Warn("A close listener failed.", fault);
        }
    }
}
