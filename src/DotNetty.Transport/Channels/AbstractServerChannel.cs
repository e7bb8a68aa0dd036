#nullable disable
using System.Net;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>A channel that accepts others and sends nothing itself.</summary>
public abstract class AbstractServerChannel : AbstractChannel, IServerChannel
{
    private static readonly ChannelMetadata ServerMetadata = new(false, 16);

    protected AbstractServerChannel()
        : base(null)
    {
    }

    public override ChannelMetadata Metadata => ServerMetadata;

    protected override EndPoint RemoteAddressInternal => null;

    protected override IChannelUnsafe NewUnsafe() => new ServerUnsafe(this);

    protected override void DoDisconnect() => throw new NotSupportedException("A channel that accepts others cannot be disconnected.");

    protected override void DoWrite(ChannelOutboundBuffer buf) => throw SendsNothing();

    protected override object FilterOutboundMessage(object msg) => throw SendsNothing();

    private static NotSupportedException SendsNothing() => new("A channel that accepts others sends nothing.");

    private sealed class ServerUnsafe(AbstractServerChannel channel) : AbstractUnsafe(channel)
    {
        public override Task ConnectAsync(EndPoint remoteAddress, EndPoint localAddress) =>
            TaskEx.FromException(new NotSupportedException("A channel that accepts others cannot connect."));
    }
}
