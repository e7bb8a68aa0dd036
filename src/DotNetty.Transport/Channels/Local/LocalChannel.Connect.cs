#nullable disable
using System.Net;
using System.Net.Sockets;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels.Local;

public partial class LocalChannel
{
    private sealed class LocalUnsafe(LocalChannel local) : AbstractUnsafe(local)
    {
        public override Task ConnectAsync(EndPoint remoteAddress, EndPoint localAddress)
        {
            ArgumentNullException.ThrowIfNull(remoteAddress);
            if (!channel.Open || channel.Closing)
            {
                return CreateClosedChannelExceptionTask();
            }

            if (!channel.Registered)
            {
                return Task.FromException(new InvalidOperationException("The channel is not registered with an event loop."));
            }

            if (local._peer is not null)
            {
                return Task.FromException(new AlreadyConnectedException());
            }

            return Connect(remoteAddress, localAddress);
        }

        private Task Connect(EndPoint remoteAddress, EndPoint localAddress)
        {
            try
            {
                local.TakeAddress(localAddress);
                local.MeetPeer(remoteAddress);
            }
            catch (Exception fault)
            {
                Exception cause = AnnotateConnectException(fault, remoteAddress);
                CloseAsync(cause, false);
                return Task.FromException(cause);
            }

            local.Activate();
            return TaskEx.Completed;
        }
    }

    private void TakeAddress(EndPoint localAddress)
    {
        if (localAddress is not null)
        {
            DoBind(localAddress);
        }

        _localAddress ??= Channels.Local.LocalAddress.Ephemeral();
    }

    private void MeetPeer(EndPoint remoteAddress)
    {
        LocalChannel peer = (LocalChannelRegistry.Find(remoteAddress) as LocalServerChannel)?.Serve(this);
        if (peer is null)
        {
            throw new SocketException((int)SocketError.ConnectionRefused);
        }

        _remoteAddress = (LocalAddress)remoteAddress;
        _peer = peer;
    }
}
