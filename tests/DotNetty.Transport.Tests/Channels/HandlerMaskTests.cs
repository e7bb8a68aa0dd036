using System.Net;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Transport.Tests.Channels;

public sealed class HandlerMaskTests
{
    [Fact]
    public void A_handler_that_overrides_nothing_takes_part_in_nothing() => Assert.Equal(0, HandlerMask.Of(new Idle()));

    [Fact]
    public void A_handler_takes_part_in_what_it_overrides_alone()
    {
        Assert.Equal(HandlerMask.ChannelRead, HandlerMask.Of(new Reads()));
        Assert.Equal(HandlerMask.WriteAsync, HandlerMask.Of(new WritesAsync()));
        Assert.Equal(HandlerMask.Write | HandlerMask.WriteAsync, HandlerMask.Of(new WritesBothWays()));
    }

    [Fact]
    public void An_override_counts_in_the_classes_below_it_until_it_is_skipped_again()
    {
        Assert.Equal(HandlerMask.ChannelRead, HandlerMask.Of(new InheritsReads()));
        Assert.Equal(0, HandlerMask.Of(new SkipsReads()));
    }

    [Fact]
    public void A_handler_that_is_no_adapter_takes_part_in_all_but_the_write_it_does_not_know()
    {
        int mask = HandlerMask.Of(new FromScratch());

        Assert.NotEqual(0, mask & HandlerMask.ChannelRead);
        Assert.NotEqual(0, mask & HandlerMask.WriteAsync);
        Assert.Equal(0, mask & HandlerMask.Write);
    }

    [Fact]
    public void A_type_whose_assembly_can_be_unloaded_is_not_kept()
    {
        WeakReference type = TypeOfHandlerOnce();

        for (int i = 0; i < 20 && type.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(type.IsAlive);
    }

    [Fact]
    public void A_handler_that_knows_only_WriteAsync_is_called_by_Write_too()
    {
        var handler = new WritesAsync();
        var channel = new EmbeddedChannel(handler);

        channel.Write("one");
        _ = channel.WriteAndFlushAsync("two");

        Assert.Equal(["one", "two"], handler.Written);
        Assert.Equal("one", channel.ReadOutbound<string>());
        Assert.Equal("two", channel.ReadOutbound<string>());
    }

    [Fact]
    public void A_handler_that_knows_both_ways_is_called_by_the_one_that_was_used()
    {
        var handler = new WritesBothWays();
        var channel = new EmbeddedChannel(handler);

        channel.Write("one");
        _ = channel.WriteAsync("two");

        Assert.Equal(["Write one", "WriteAsync two"], handler.Written);
    }

    [Fact]
    public void A_handler_that_is_no_adapter_is_called_by_both_ways_to_write()
    {
        var handler = new FromScratch();
        var channel = new EmbeddedChannel(handler);

        channel.Write("one");
        _ = channel.WriteAsync("two");

        Assert.Equal(["one", "two"], handler.Written);
    }

    [Fact]
    public void A_handler_that_overrides_Write_alone_is_refused()
    {
        var channel = new EmbeddedChannel();

        var fault = Assert.Throws<ArgumentException>(() => channel.Pipeline.AddLast(new WritesOnly()));

        Assert.Contains(nameof(WritesOnly), fault.Message, StringComparison.Ordinal);
        Assert.Empty(channel.Pipeline);
    }

    [Fact]
    public void A_handler_that_overrides_nothing_is_never_called()
    {
        var last = new Recorder();
        var channel = new EmbeddedChannel(new Explodes(), last);

        channel.WriteInbound("message");
        channel.WriteOutbound("message");
        channel.Pipeline.FireUserEventTriggered("event");
        channel.CloseAsync();

        Assert.Equal(
            ["Added", "Registered", "Active", "Read message", "ReadComplete", "Event String", "Inactive", "Unregistered", "Removed"],
            last.Events);
    }

    // Out of line: a caller's frame could keep what it no longer uses.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference TypeOfHandlerOnce()
    {
        Type type = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Passing"), AssemblyBuilderAccess.RunAndCollect)
            .DefineDynamicModule("Passing")
            .DefineType("PassingHandler", TypeAttributes.Public, typeof(ChannelHandlerAdapter))
            .CreateType();
        var channel = new EmbeddedChannel((IChannelHandler)Activator.CreateInstance(type)!);
        channel.WriteInbound("passes");
        Assert.Equal("passes", channel.ReadInbound<string>());
        channel.Finish();
        return new WeakReference(type, trackResurrection: true);
    }

    private class Idle : ChannelHandlerAdapter;

    private class Reads : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message) => context.FireChannelRead(message);
    }

    private sealed class InheritsReads : Reads;

    private sealed class SkipsReads : Reads
    {
        [Skip]
        public override void ChannelRead(IChannelHandlerContext context, object message) => base.ChannelRead(context, message);
    }

    private sealed class WritesAsync : ChannelHandlerAdapter
    {
        public List<object> Written { get; } = [];

        public override Task WriteAsync(IChannelHandlerContext context, object message)
        {
            Written.Add(message);
            return context.WriteAsync(message);
        }
    }

    private sealed class WritesBothWays : ChannelHandlerAdapter
    {
        public List<string> Written { get; } = [];

        public override Task WriteAsync(IChannelHandlerContext context, object message)
        {
            Written.Add("WriteAsync " + message);
            return context.WriteAsync(message);
        }

        public override void Write(IChannelHandlerContext context, object message)
        {
            Written.Add("Write " + message);
            context.Write(message);
        }
    }

    private sealed class WritesOnly : ChannelHandlerAdapter
    {
        public override void Write(IChannelHandlerContext context, object message) => context.Write(message);
    }

    /// <summary>Every method would throw, and each says that it is to be jumped over.</summary>
    private sealed class Explodes : ChannelHandlerAdapter
    {
        [Skip]
        public override void ChannelRegistered(IChannelHandlerContext context) => throw new InvalidOperationException();

        [Skip]
        public override void ChannelActive(IChannelHandlerContext context) => throw new InvalidOperationException();

        [Skip]
        public override void ChannelRead(IChannelHandlerContext context, object message) => throw new InvalidOperationException();

        [Skip]
        public override void ChannelReadComplete(IChannelHandlerContext context) => throw new InvalidOperationException();

        [Skip]
        public override void ChannelInactive(IChannelHandlerContext context) => throw new InvalidOperationException();

        [Skip]
        public override void ChannelUnregistered(IChannelHandlerContext context) => throw new InvalidOperationException();

        [Skip]
        public override void UserEventTriggered(IChannelHandlerContext context, object evt) => throw new InvalidOperationException();

        [Skip]
        public override Task WriteAsync(IChannelHandlerContext context, object message) => throw new InvalidOperationException();

        [Skip]
        public override void Flush(IChannelHandlerContext context) => throw new InvalidOperationException();

        [Skip]
        public override void Read(IChannelHandlerContext context) => throw new InvalidOperationException();

        [Skip]
        public override Task CloseAsync(IChannelHandlerContext context) => throw new InvalidOperationException();
    }

    private sealed class FromScratch : IChannelHandler
    {
        public List<object> Written { get; } = [];

        public void ChannelRegistered(IChannelHandlerContext context) => context.FireChannelRegistered();

        public void ChannelUnregistered(IChannelHandlerContext context) => context.FireChannelUnregistered();

        public void ChannelActive(IChannelHandlerContext context) => context.FireChannelActive();

        public void ChannelInactive(IChannelHandlerContext context) => context.FireChannelInactive();

        public void ChannelRead(IChannelHandlerContext context, object message) => context.FireChannelRead(message);

        public void ChannelReadComplete(IChannelHandlerContext context) => context.FireChannelReadComplete();

        public void ChannelWritabilityChanged(IChannelHandlerContext context) => context.FireChannelWritabilityChanged();

        public void HandlerAdded(IChannelHandlerContext context)
        {
        }

        public void HandlerRemoved(IChannelHandlerContext context)
        {
        }

        public Task WriteAsync(IChannelHandlerContext context, object message)
        {
            Written.Add(message);
            return context.WriteAsync(message);
        }

        public void Flush(IChannelHandlerContext context) => context.Flush();

        public Task BindAsync(IChannelHandlerContext context, EndPoint localAddress) => context.BindAsync(localAddress);

        public Task ConnectAsync(IChannelHandlerContext context, EndPoint remoteAddress, EndPoint localAddress) =>
            context.ConnectAsync(remoteAddress, localAddress);

        public Task DisconnectAsync(IChannelHandlerContext context) => context.DisconnectAsync();

        public Task CloseAsync(IChannelHandlerContext context) => context.CloseAsync();

        public void ExceptionCaught(IChannelHandlerContext context, Exception exception) => context.FireExceptionCaught(exception);

        public Task DeregisterAsync(IChannelHandlerContext context) => context.DeregisterAsync();

        public void Read(IChannelHandlerContext context) => context.Read();

        public void UserEventTriggered(IChannelHandlerContext context, object evt) => context.FireUserEventTriggered(evt);
    }
}
