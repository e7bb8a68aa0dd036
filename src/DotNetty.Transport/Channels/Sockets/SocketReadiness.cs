using System.Net.Sockets;
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>One asynchronous operation of a socket, used again and again; its end is brought to the loop without an allocation.</summary>
internal sealed class SocketReadiness(Action<SocketReadiness> completed) : SocketAsyncEventArgs(true), IRunnable
{
    private IEventLoop? _loop;

    /// <summary>True from the start of an operation until its end has reached the loop.</summary>
    public bool Armed { get; private set; }

    /// <summary>Starts <paramref name="operation"/>, which returns false when it ended at once; the end is reported in a later turn all the same.</summary>
    public void Start(IEventLoop loop, Func<SocketAsyncEventArgs, bool> operation)
    {
        _loop = loop;
        Armed = true;
        if (!Begin(operation))
        {
            Report();
        }
    }

    /// <summary>Starts an operation whose synchronous end the caller takes itself.</summary>
    /// <returns>True when it ended at once.</returns>
    public bool TryComplete(IEventLoop loop, Func<SocketAsyncEventArgs, bool> operation)
    {
        _loop = loop;
        Armed = true;
        if (Begin(operation))
        {
            return false;
        }

        Armed = false;
        return true;
    }

    public void Run()
    {
        Armed = false;
        completed(this);
    }

    protected override void OnCompleted(SocketAsyncEventArgs e) => Report();

    // A socket that was disposed behind our back, or that was handed in and does not listen, ends the operation like any other error, or nobody
    // would ever hear of it. So does whatever else it throws: escaped, it would end more than this operation.
    private bool Begin(Func<SocketAsyncEventArgs, bool> operation)
    {
        try
        {
            return operation(this);
        }
        catch (InvalidOperationException)
        {
            SocketError = SocketError.OperationAborted;
            return false;
        }
        catch (Exception fault)
        {
            SocketError = (fault as SocketException)?.SocketErrorCode ?? SocketError.SocketError;
            return false;
        }
    }

    private void Report()
    {
        try
        {
            _loop!.Execute(this);
        }
        catch (RejectedExecutionException)
        {
            // The loop has ended and closed its channels: what completes now is the echo of that.
            AcceptSocket?.Dispose();
        }
    }
}
