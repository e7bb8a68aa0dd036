using System.Net;
using DotNetty.Buffers;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class DatagramPacketTests : LeakFreeTests
{
    private static readonly IPEndPoint From = new(IPAddress.Loopback, 1);
    private static readonly IPEndPoint To = new(IPAddress.Loopback, 2);

    private readonly IByteBuffer _content = PooledByteBufferAllocator.Default.Buffer().WriteBytes("hello"u8);
    private readonly DatagramPacket _packet;

    public DatagramPacketTests() => _packet = new DatagramPacket(_content, From, To);

    public override void Dispose()
    {
        if (_content.ReferenceCount > 0)
        {
            _content.Release(_content.ReferenceCount);
        }

        base.Dispose();
    }

    [Fact]
    public void Its_count_is_its_contents()
    {
        bool same = ReferenceEquals(_packet, _packet.Retain()) && ReferenceEquals(_packet, _packet.Retain(2)) && ReferenceEquals(_packet, _packet.Touch("here"));

        Assert.True(same);
        Assert.Equal(4, _packet.ReferenceCount);
        Assert.False(_packet.Release(3));
        Assert.True(_packet.Release());
        Assert.Equal(0, _content.ReferenceCount);
    }

    [Fact]
    public void A_replaced_content_keeps_both_addresses()
    {
        var replaced = (DatagramPacket)_packet.Replace(Unpooled.Empty);

        Assert.Same(From, replaced.Sender);
        Assert.Same(To, replaced.Recipient);
        Assert.Same(Unpooled.Empty, replaced.Content);
    }

    [Fact]
    public void A_copy_lives_on_its_own()
    {
        IByteBufferHolder copy = _packet.Copy();

        _content.SetByte(0, 'j');

        Assert.Equal((byte)'h', copy.Content.GetByte(0));
        Assert.True(copy.Release());
        Assert.Equal(1, _packet.ReferenceCount);
    }

    [Fact]
    public void A_duplicate_shares_the_bytes_and_a_retained_one_owns_a_share()
    {
        IByteBufferHolder duplicate = _packet.Duplicate();
        int afterDuplicate = _packet.ReferenceCount;
        IByteBufferHolder retained = _packet.RetainedDuplicate();

        Assert.Equal(1, afterDuplicate);
        Assert.Equal(2, _packet.ReferenceCount);
        Assert.Equal(_content, duplicate.Content);
        retained.Release();
    }
}
