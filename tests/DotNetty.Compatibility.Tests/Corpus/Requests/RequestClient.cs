using System.Collections.Concurrent;
using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;

namespace Acme.Requests;

/// <summary>Many requests on one connection; each is a task that ends with its answer, a failure, a timeout or the connection's end.</summary>
public class RequestClient : SimpleChannelInboundHandler<Response>
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<string>> _pending = new ConcurrentDictionary<int, TaskCompletionSource<string>>();
    private readonly TimeSpan _timeout;
    private IChannelHandlerContext? _context;
    private int _lastId;

    public RequestClient(TimeSpan timeout)
    {
        _timeout = timeout;
    }

    public int Pending => _pending.Count;

    public override void HandlerAdded(IChannelHandlerContext context) => _context = context;

    public override void HandlerRemoved(IChannelHandlerContext context)
    {
        _context = null;
        FailAll(new InvalidOperationException("The client was removed"));
    }

    public Task<string> AskAsync(string text)
    {
        IChannelHandlerContext context = _context ?? throw new InvalidOperationException("Not connected");
        int id = Interlocked.Increment(ref _lastId);
        var promise = new TaskCompletionSource<string>();
        _pending[id] = promise;

        context.WriteAndFlushAsync(new Request { Id = id, Text = text }).ContinueWith(
            write => Fail(id, write.Exception?.InnerException ?? new OperationCanceledException()),
            TaskContinuationOptions.NotOnRanToCompletion);
        IScheduledTask timer = context.Channel.EventLoop.Schedule(() => Fail(id, new TimeoutException("No answer to " + id)), _timeout);
        promise.Task.ContinueWith(_ => timer.Cancel(), TaskContinuationOptions.ExecuteSynchronously);
        return promise.Task;
    }

    protected override void ChannelRead0(IChannelHandlerContext ctx, Response msg)
    {
        if (!_pending.TryRemove(msg.Id, out var promise))
        {
            return;
        }

        if (msg.Failed)
        {
            promise.TrySetException(new InvalidOperationException(msg.Text));
        }
        else
        {
            promise.TrySetResult(msg.Text);
        }
    }

    public override void ChannelInactive(IChannelHandlerContext context)
    {
        FailAll(new ClosedChannelException());
        base.ChannelInactive(context);
    }

    private void Fail(int id, Exception exception)
    {
        if (_pending.TryRemove(id, out var promise))
        {
            promise.TrySetException(exception);
        }
    }

    private void FailAll(Exception exception)
    {
        foreach (int id in _pending.Keys)
        {
            Fail(id, exception);
        }
    }
}
