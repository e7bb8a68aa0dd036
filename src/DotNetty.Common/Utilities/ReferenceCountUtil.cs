#nullable disable
using DotNetty.Common.Internal.Logging;

namespace DotNetty.Common.Utilities;

/// <summary>Reference counting for messages of unknown type: what is not <see cref="IReferenceCounted"/> is left alone.</summary>
public static class ReferenceCountUtil
{
    private static readonly IInternalLogger Logger = InternalLoggerFactory.GetInstance(typeof(ReferenceCountUtil));

    [ThreadStatic]
    private static ReleaseAtThreadEnd _releaseAtThreadEnd;

    public static T Retain<T>(T msg) => msg is IReferenceCounted counted ? (T)counted.Retain() : msg;

    public static T Retain<T>(T msg, int increment) => msg is IReferenceCounted counted ? (T)counted.Retain(increment) : msg;

    public static T Touch<T>(T msg) => msg is IReferenceCounted counted ? (T)counted.Touch() : msg;

    public static T Touch<T>(T msg, object hint) => msg is IReferenceCounted counted ? (T)counted.Touch(hint) : msg;

    /// <returns>True when this release was the last one.</returns>
    public static bool Release(object msg) => msg is IReferenceCounted counted && counted.Release();

    /// <returns>True when this release was the last one.</returns>
    public static bool Release(object msg, int decrement) => msg is IReferenceCounted counted && counted.Release(decrement);

    /// <summary>Releases where an exception would hide a worse one: a failure is logged as a warning and goes no further.</summary>
    public static void SafeRelease(object msg)
    {
        try
        {
            // Not by a decrement: the only owner's release is not interlocked.
            Release(msg);
        }
        catch (Exception failure)
        {
            WarnOfRelease(msg, 1, failure);
        }
    }

    /// <summary>Releases where an exception would hide a worse one: a failure is logged as a warning and goes no further.</summary>
    public static void SafeRelease(object msg, int decrement)
    {
        try
        {
            Release(msg, decrement);
        }
        catch (Exception failure)
        {
            WarnOfRelease(msg, decrement, failure);
        }
    }

    /// <summary>Releases where an exception would hide a worse one: a failure is logged as a warning and goes no further.</summary>
    public static void SafeRelease(this IReferenceCounted msg) => SafeRelease((object)msg);

    /// <summary>Releases where an exception would hide a worse one: a failure is logged as a warning and goes no further.</summary>
    public static void SafeRelease(this IReferenceCounted msg, int decrement) => SafeRelease((object)msg, decrement);

    private static void WarnOfRelease(object msg, int decrement, Exception failure)
    {
        if (Logger.WarnEnabled)
            Logger.Warn($"Failed to release a message: {msg} (decrement: {decrement})", failure);
    }

    /// <summary>Releases <paramref name="msg"/> some time after the calling thread has ended. For tests.</summary>
    public static T ReleaseLater<T>(T msg) => ReleaseLater(msg, 1);

    /// <summary>Releases <paramref name="msg"/> some time after the calling thread has ended. For tests.</summary>
    public static T ReleaseLater<T>(T msg, int decrement)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(decrement);
        if (msg is IReferenceCounted counted)
            (_releaseAtThreadEnd ??= new ReleaseAtThreadEnd()).Add(counted, decrement);
        return msg;
    }

    // The thread's slot is all that holds this, so it is collected, and finalized, after the thread.
    private sealed class ReleaseAtThreadEnd
    {
        private readonly List<(IReferenceCounted Message, int Decrement)> _pending = [];

        ~ReleaseAtThreadEnd()
        {
            foreach (var (message, decrement) in _pending)
                message.SafeRelease(decrement);
        }

        public void Add(IReferenceCounted message, int decrement) => _pending.Add((message, decrement));
    }
}
