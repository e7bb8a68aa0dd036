using System.Net;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Tests.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels;

public sealed class DefaultAddressedEnvelopeTests
{
    private static readonly IPEndPoint Sender = new(IPAddress.Loopback, 1);
    private static readonly IPEndPoint Recipient = new(IPAddress.Loopback, 2);

    [Fact]
    public void Its_count_is_the_contents()
    {
        IByteBuffer content = ScriptedChannel.Bytes("a");
        var envelope = new DefaultAddressedEnvelope<IByteBuffer>(content, Sender, Recipient);

        envelope.Retain();
        envelope.Retain(2);
        int retained = content.ReferenceCount;
        bool last = envelope.Release(4);

        Assert.Equal(4, retained);
        Assert.True(last);
        Assert.Equal((0, 0), (content.ReferenceCount, envelope.ReferenceCount));
    }

    [Fact]
    public void Content_without_a_count_is_never_released()
    {
        var envelope = new DefaultAddressedEnvelope<string>("text", Recipient);

        Assert.False(envelope.Release());
        Assert.Equal(1, envelope.ReferenceCount);
        Assert.Equal(("text", null, Recipient), (envelope.Content, envelope.Sender, envelope.Recipient));
    }

    [Fact]
    public void Content_is_needed() =>
        Assert.Throws<ArgumentNullException>(static () => new DefaultAddressedEnvelope<string>(null!, Recipient));
}
