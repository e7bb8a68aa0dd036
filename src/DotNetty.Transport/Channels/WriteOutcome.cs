#nullable disable
namespace DotNetty.Transport.Channels;

/// <summary>What becomes of a write that has no promise: a failure is reported to the pipeline and closes the channel.</summary>
internal static class WriteOutcome
{
    public static void Observe(Task write, IChannelHandlerContext context)
    {
        if (write is null || write.IsCompletedSuccessfully)
        {
            return;
        }

        _ = write.ContinueWith(
            static (write, context) => Fail((IChannelHandlerContext)context, write.Exception?.InnerException ?? new TaskCanceledException(write)),
            context,
            CancellationToken.None,
            TaskContinuationOptions.NotOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    public static void Observe(Task write, IChannelPipeline pipeline)
    {
        if (!write.IsCompletedSuccessfully)
        {
            Observe(write, pipeline.FirstContext());
        }
    }

    /// <summary>Reports a write that failed; the write of a channel that is closed already is nobody's fault.</summary>
    public static void Fail(IChannelHandlerContext context, Exception cause)
    {
        if (context is null || cause is ClosedChannelException)
        {
            return;
        }

        context.FireExceptionCaught(cause);
        _ = context.Channel.CloseAsync();
    }
}
