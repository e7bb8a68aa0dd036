using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Connections;

/// <summary>A handler that throws, wherever it does, ends its own connection and no other, and the statistics say so.</summary>
public abstract class HandlerFaultTests
{
    protected abstract SocketTransport Transport { get; }

    public static TheoryData<string> Callbacks =>
    [
        nameof(IChannelHandler.HandlerAdded), nameof(IChannelHandler.ChannelRegistered), nameof(IChannelHandler.ChannelActive),
        nameof(IChannelHandler.ChannelRead), nameof(IChannelHandler.ChannelReadComplete), nameof(IChannelHandler.Read), nameof(IChannelHandler.Flush),
        nameof(ChannelHandlerAdapter.Write), nameof(IChannelHandler.UserEventTriggered), nameof(IChannelHandler.ExceptionCaught),
    ];

    /// <summary>What a handler hears when the end has been decided: the reason is another's.</summary>
    public static TheoryData<string> LastCallbacks =>
        [nameof(IChannelHandler.ChannelInactive), nameof(IChannelHandler.ChannelUnregistered), nameof(IChannelHandler.HandlerRemoved), nameof(IChannelHandler.CloseAsync)];

    [Theory]
    [MemberData(nameof(Callbacks))]
    public async Task In_a_callback(string callback)
    {
        var thrown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using OneListener server = await OpenSecondBroken(() => new Broken(callback, thrown));
        using Peer good = await server.Connect();
        Assert.True(await good.IsServed());

        using Peer victim = await server.Connect();
        await Try(() => victim.Send(1));
        await thrown.Task.WaitAsync(Eventually.Guard);

        await End(victim);
        Assert.Equal("HandlerFault 1", server.Endings(1));
        Assert.True(await good.IsServed());
    }

    [Theory]
    [MemberData(nameof(LastCallbacks))]
    public async Task In_a_callback_about_the_end(string callback)
    {
        var thrown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using OneListener server = await OpenSecondBroken(() => new Broken(callback, thrown));
        using Peer good = await server.Connect();
        Assert.True(await good.IsServed());

        using (Peer victim = await server.Connect())
        {
            Assert.True(await victim.IsServed());
        }

        await thrown.Task.WaitAsync(Eventually.Guard);
        Assert.Single(server.Endings(1).Split(", "));
        Eventually.Equal(1, () => server.Listener.ConnectionCount);
        Eventually.Equal(1, () => (int)server.Listener.Statistics.Current);
        Assert.True(await good.IsServed());
    }

    [Fact]
    public async Task In_the_constructor()
    {
        await using OneListener server = await OpenSecondBroken(static () => throw new InvalidOperationException("the constructor, on purpose"));
        using Peer good = await server.Connect();
        Assert.True(await good.IsServed());

        using Peer victim = await server.Connect();

        await End(victim);
        Assert.Equal("HandlerFault 1", server.Endings(1));
        Assert.True(await good.IsServed());
    }

    [Fact]
    public async Task In_an_initializer_of_its_own()
    {
        await using OneListener server = await OpenSecondBroken(static () =>
            new ActionChannelInitializer<IChannel>(static _ => throw new InvalidOperationException("the initializer, on purpose")));
        using Peer good = await server.Connect();
        Assert.True(await good.IsServed());

        using Peer victim = await server.Connect();

        await End(victim);
        Assert.Equal("HandlerFault 1", server.Endings(1));
        Assert.True(await good.IsServed());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_a_session(bool before)
    {
        int opened = 0;
        await using OneListener server = await Transport.Open(async (session, closed) =>
        {
            if (Interlocked.Increment(ref opened) == 1)
            {
                await OneListener.Echo(session, closed);
                return;
            }

            if (!before)
            {
                await session.ReceiveAsync(closed);
            }

            throw new InvalidOperationException("the session, on purpose");
        });
        using Peer good = await server.Connect();
        Assert.True(await good.IsServed());

        using Peer victim = await server.Connect();
        await Try(() => victim.Send(1));

        await End(victim);
        Assert.Equal("HandlerFault 1", server.Endings(1));
        Assert.True(await good.IsServed());
    }

    [Fact]
    public async Task In_a_handler_that_was_added_while_the_connection_was_served()
    {
        await using OneListener server = await Transport.OpenPipeline(static pipeline => pipeline.AddLast(new AddsBroken()));
        using Peer good = await server.Connect();

        using Peer victim = await server.Connect();
        await Try(() => victim.Send(1));

        await End(victim);
        Assert.Equal("HandlerFault 1", server.Endings(1));
        Eventually.Equal(1, () => (int)server.Listener.Statistics.Current);
    }

    // The first connection is served well, those after it are not.
    private Task<OneListener> OpenSecondBroken(Func<IChannelHandler> make)
    {
        int opened = 0;
        return Transport.OpenPipeline(pipeline =>
        {
            if (Interlocked.Increment(ref opened) > 1)
            {
                pipeline.AddLast(make());
            }

            pipeline.AddLast(new EchoHandler());
        });
    }

    // A peer that ends too lets the close end at once.
    private static async Task End(Peer peer)
    {
        await peer.EndsInOrder();
        peer.Dispose();
    }

    // The connection may be gone already.
    private static async Task Try(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (IOException)
        {
        }
    }

    /// <summary>With the first bytes adds a handler behind all there are, which throws at them.</summary>
    private sealed class AddsBroken : ChannelHandlerAdapter
    {
        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            context.Channel.Pipeline.AddLast(new SimpleBroken());
            context.FireChannelRead(message);
        }
    }

    private sealed class SimpleBroken : SimpleChannelInboundHandler<IByteBuffer>
    {
        protected override void ChannelRead0(IChannelHandlerContext context, IByteBuffer message) => throw new InvalidOperationException("added later, on purpose");
    }

    /// <summary>Throws in one of its callbacks.</summary>
    private sealed class Broken(string where, TaskCompletionSource thrown) : ChannelHandlerAdapter
    {
        public override void HandlerAdded(IChannelHandlerContext context) => ThrowIn(nameof(HandlerAdded));

        public override void HandlerRemoved(IChannelHandlerContext context) => ThrowIn(nameof(HandlerRemoved));

        public override void ChannelRegistered(IChannelHandlerContext context)
        {
            ThrowIn(nameof(ChannelRegistered));
            context.FireChannelRegistered();
        }

        public override void ChannelUnregistered(IChannelHandlerContext context)
        {
            ThrowIn(nameof(ChannelUnregistered));
            context.FireChannelUnregistered();
        }

        public override void ChannelActive(IChannelHandlerContext context)
        {
            ThrowIn(nameof(ChannelActive));
            if (where is nameof(UserEventTriggered))
            {
                context.Channel.Pipeline.FireUserEventTriggered("an event");
            }

            if (where is nameof(ExceptionCaught))
            {
                throw new InvalidOperationException("to be caught, on purpose");
            }

            context.FireChannelActive();
        }

        public override void ChannelInactive(IChannelHandlerContext context)
        {
            ThrowIn(nameof(ChannelInactive));
            context.FireChannelInactive();
        }

        public override void ChannelRead(IChannelHandlerContext context, object message)
        {
            if (where is nameof(ChannelRead))
            {
                ((IByteBuffer)message).Release();
            }

            ThrowIn(nameof(ChannelRead));
            context.FireChannelRead(message);
        }

        public override void ChannelReadComplete(IChannelHandlerContext context)
        {
            ThrowIn(nameof(ChannelReadComplete));
            context.FireChannelReadComplete();
        }

        public override void UserEventTriggered(IChannelHandlerContext context, object evt)
        {
            ThrowIn(nameof(UserEventTriggered));
            context.FireUserEventTriggered(evt);
        }

        public override void ExceptionCaught(IChannelHandlerContext context, Exception exception)
        {
            ThrowIn(nameof(ExceptionCaught));
            context.FireExceptionCaught(exception);
        }

        public override void Read(IChannelHandlerContext context)
        {
            ThrowIn(nameof(Read));
            context.Read();
        }

        public override void Write(IChannelHandlerContext context, object message)
        {
            if (where is nameof(Write))
            {
                ((IByteBuffer)message).Release();
            }

            ThrowIn(nameof(Write));
            context.Write(message);
        }

        public override Task WriteAsync(IChannelHandlerContext context, object message) => context.WriteAsync(message);

        public override void Flush(IChannelHandlerContext context)
        {
            ThrowIn(nameof(Flush));
            context.Flush();
        }

        public override Task CloseAsync(IChannelHandlerContext context)
        {
            ThrowIn(nameof(CloseAsync));
            return context.CloseAsync();
        }

        private void ThrowIn(string callback)
        {
            if (callback == where)
            {
                thrown.TrySetResult();
                throw new InvalidOperationException($"{callback}, on purpose");
            }
        }
    }

    public sealed class OnEpoll : HandlerFaultTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : HandlerFaultTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
