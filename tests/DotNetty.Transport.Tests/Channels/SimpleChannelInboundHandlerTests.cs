using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels;

public sealed class SimpleChannelInboundHandlerTests : LeakFreeTests
{
    [Fact]
    public void Releases_what_it_handled()
    {
        IByteBuffer message = Unpooled.Buffer(1);

        new EmbeddedChannel(new Handles()).WriteInbound(message);

        Assert.Equal(0, message.ReferenceCount);
    }

    [Fact]
    public void Releases_also_what_it_failed_to_handle()
    {
        IByteBuffer message = Unpooled.Buffer(1);
        var channel = new EmbeddedChannel(new Handles { Fault = new InvalidOperationException("on purpose") });

        Assert.Throws<InvalidOperationException>(() => channel.WriteInbound(message));

        Assert.Equal(0, message.ReferenceCount);
    }

    [Fact]
    public void What_it_retains_it_keeps()
    {
        IByteBuffer message = Unpooled.Buffer(1);

        new EmbeddedChannel(new Handles { Keeps = true }).WriteInbound(message);

        Assert.Equal(1, message.ReferenceCount);
        message.Release();
    }

    [Fact]
    public void Does_not_release_when_told_not_to()
    {
        IByteBuffer message = Unpooled.Buffer(1);

        new EmbeddedChannel(new Handles(autoRelease: false)).WriteInbound(message);

        Assert.Equal(1, message.ReferenceCount);
        message.Release();
    }

    [Fact]
    public void Passes_on_what_is_of_another_type()
    {
        var channel = new EmbeddedChannel(new Handles());

        channel.WriteInbound("text");

        Assert.Equal("text", channel.ReadInbound<string>());
    }

    private sealed class Handles(bool autoRelease = true) : SimpleChannelInboundHandler<IByteBuffer>(autoRelease)
    {
        public Exception? Fault { get; init; }

        public bool Keeps { get; init; }

        protected override void ChannelRead0(IChannelHandlerContext ctx, IByteBuffer msg)
        {
            if (Keeps)
            {
                msg.Retain();
            }

            if (Fault is not null)
            {
                throw Fault;
            }
        }
    }
}
