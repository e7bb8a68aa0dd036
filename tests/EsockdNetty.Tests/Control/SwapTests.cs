using System.Runtime.CompilerServices;
using DotNetty.Transport.Channels;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Control;

/// <summary>Handlers that were replaced keep nothing alive when their last connection has ended: their assembly could be unloaded.</summary>
public sealed class SwapTests
{
    public static TheoryData<SocketTransport, string, string> Ways => new()
    {
        { SocketTransport.Epoll, "tcp", "session" },
        { SocketTransport.Epoll, "tcp", "pipeline" },
        { SocketTransport.Epoll, "ssl", "session" },
        { SocketTransport.Epoll, "ssl", "pipeline" },
        { SocketTransport.Sockets, "tcp", "session" },
        { SocketTransport.Sockets, "tcp", "pipeline" },
        { SocketTransport.Sockets, "ssl", "session" },
        { SocketTransport.Sockets, "ssl", "pipeline" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_the_old_handlers_hold_goes_with_their_last_connection(SocketTransport transport, string scheme, string served)
    {
        await using OneListener server = await OneListener.Open(
            OneListener.Echo, scheme == "ssl" ? OneListener.Tls : null, new SocketServerOptions { Transport = transport });
        WeakReference held = SwapToHolding(server.Listener, served);
        Peer peer = await server.Connect(scheme);
        Assert.True(await peer.IsServed());

        server.Listener.SwapHandlers(OneListener.Echo);
        Collect();
        Assert.True(held.IsAlive && await peer.IsServed());
        peer.Dispose();

        await Gone(held, server, scheme);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference SwapToHolding(Listener listener, string served)
    {
        object held = new();
        if (served == "session")
        {
            listener.SwapHandlers(async (session, closed) =>
            {
                await OneListener.Echo(session, closed);
                GC.KeepAlive(held);
            });
        }
        else
        {
            listener.SwapHandlers(pipeline => pipeline.AddLast(new EchoHandler(), new Holder(held)));
        }

        return new WeakReference(held);
    }

    // Newcomers meanwhile: a loop with nothing to do may stand in a frame that still has the last it did.
    private static async Task Gone(WeakReference held, OneListener server, string scheme)
    {
        CancellationToken deadline = new CancellationTokenSource(Eventually.Guard).Token;
        while (held.IsAlive)
        {
            Assert.False(deadline.IsCancellationRequested, "something still holds the old handlers");
            using Peer newcomer = await server.Connect(scheme);
            Assert.True(await newcomer.IsServed());
            Collect();
        }
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private sealed class Holder(object held) : ChannelHandlerAdapter
    {
        public override void ChannelInactive(IChannelHandlerContext context)
        {
            GC.KeepAlive(held);
            context.FireChannelInactive();
        }
    }
}
