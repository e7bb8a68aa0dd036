#nullable disable
using DotNetty.Common.Internal.Logging;
using DotNetty.Transport.Channels;

namespace DotNetty.Transport.Bootstrapping;

/// <summary>The last handler of a server pipeline: prepares each accepted connection and gives it to a worker loop.</summary>
internal sealed class ServerBootstrapAcceptor(IEventLoopGroup childGroup, IChannelHandler childHandler, Action<IChannel> prepare) : ChannelHandlerAdapter
{
    private static readonly TimeSpan AcceptPause = TimeSpan.FromSeconds(1);
    private static readonly IInternalLogger Logger = InternalLoggerFactory.GetInstance<ServerBootstrapAcceptor>();

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        var child = (IChannel)message;
        try
        {
            prepare(child);
            child.Pipeline.AddLast((string)null, childHandler);
            Register(child);
        }
        catch (Exception fault)
        {
            Drop(child, fault);
        }
    }

    /// <summary>Where no handler before this one decides otherwise, accepting goes on after a second.</summary>
    public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
    {
        if (exception is AcceptException)
        {
            context.Executor.Schedule(static context => ((IChannelHandlerContext)context).Channel.Read(), context, AcceptPause);
        }

        context.FireExceptionCaught(exception);
    }

    private static void Drop(IChannel child, Exception fault)
    {
        Logger.Warn("An accepted connection could not be served and is reset. Connection: " + child, fault);
        child.Unsafe.CloseForcibly();
    }

    private void Register(IChannel child)
    {
        Task registration = childGroup.RegisterAsync(child);
        if (!registration.IsCompletedSuccessfully)
        {
            registration.ContinueWith(
                static (registration, child) => Drop((IChannel)child, registration.Exception?.InnerException),
                child,
                CancellationToken.None,
                TaskContinuationOptions.NotOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}
