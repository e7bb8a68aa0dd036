#nullable disable
using System.Net.Sockets;
using DotNetty.Common.Concurrency;

namespace DotNetty.Transport.Channels.Sockets;

/// <content>
/// A descriptor that is closed behind our back leaves the epoll set without a word, and no accept would ever tell. So a listening socket is
/// looked at once a second.
/// </content>
public abstract partial class AbstractServerSocketChannel
{
    // EBADF, as an accept would have it.
    private const int BadDescriptor = 9;

    private static readonly TimeSpan BetweenWatches = TimeSpan.FromSeconds(1);

    private IScheduledTask _watch;

    private void Watch()
    {
        if (IsBound && _watch is null && _listener.Identity is not null)
        {
            _watch = EventLoop.Schedule(static channel => ((AbstractServerSocketChannel)channel).LookIfLost(), this, BetweenWatches);
        }
    }

    private void EndWatch()
    {
        _watch?.Cancel();
        _watch = null;
    }

    private void LookIfLost()
    {
        _watch = null;
        if (!Open || Closing)
        {
            return;
        }

        if (_listener.Identity is { Listens: true })
        {
            Watch();
            return;
        }

        ReadPending = false;
        Pipeline.FireExceptionCaught(new AcceptException(AcceptErrorKind.ListenerLost, SocketError.OperationAborted, BadDescriptor));
    }
}
