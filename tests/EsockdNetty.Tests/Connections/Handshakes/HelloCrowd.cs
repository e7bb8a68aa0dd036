using System.Net.Sockets;
using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;
using EsockdNetty.Connections.Handshakes;
using EsockdNetty.Tests.Support;
using TaskCompletionSource = System.Threading.Tasks.TaskCompletionSource;

namespace EsockdNetty.Tests.Connections.Handshakes;

/// <summary>
/// Clients of one loop whose whole ClientHellos are there at once: the loop is held until all are sent. Tells in which round the loop answered
/// each, and how many it had answered when the echoes of an established connection came.
/// </summary>
internal sealed class HelloCrowd(SocketTransport transport, HandshakeLimit limit)
{
    private const int Size = 300;

    private readonly List<long> _rounds = [];
    private readonly List<int> _echoes = [];
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SingleThreadEventExecutor _loop = null!;
    private Socket _established = null!;

    /// <summary>The most hellos answered in one round.</summary>
    public int MostInARound => _rounds.CountBy(static round => round).Max(static round => round.Value);

    /// <summary>Echoes that came after the first answer and before the last.</summary>
    public int EchoesAmongThem => _echoes.Count(static answered => answered is > 0 and < Size);

    public async Task Run()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo, Admit, new SocketServerOptions { Transport = transport, Handshakes = limit });
        Listener plain = await server.Server.OpenAsync(new ListenerOptions("plain", "tcp://127.0.0.1:0"), OneListener.Echo);
        using var established = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await (_established = established).ConnectAsync(plain.Address.EndPoint).WaitAsync(Eventually.Guard);
        List<Peer> crowd = await Connect(server);
        Eventually.Equal(1, () => plain.ConnectionCount);
        try
        {
            await Watch(server.Listener);
            await SendHellos(crowd);
            await _answered.Task.WaitAsync(Eventually.Guard);
        }
        finally
        {
            crowd.ForEach(static peer => peer.Dispose());
        }
    }

    private static void Admit(ListenerOptions options)
    {
        OneListener.Tls(options);
        options.Limits.MaxPending = Size;
        options.Timeouts.Handshake = TimeSpan.FromMinutes(10);
    }

    private static async Task<List<Peer>> Connect(OneListener server)
    {
        var crowd = new List<Peer>();
        for (int i = 0; i < Size; i++)
        {
            crowd.Add(await server.Connect());
        }

        Eventually.Equal(Size, () => server.Listener.Connections.Count(static connection => connection.Channel.Active));
        return crowd;
    }

    private async Task Watch(Listener listener)
    {
        foreach (IChannel channel in listener.Connections.Select(static connection => connection.Channel))
        {
            _loop = (SingleThreadEventExecutor)channel.EventLoop;
            channel.Pipeline.AddFirst(new FirstWrite(this));
        }

        await _loop.SubmitAsync(static () => true).WaitAsync(Eventually.Guard);
    }

    private async Task SendHellos(List<Peer> crowd)
    {
        byte[] hello = ClientHello.New();
        using var sent = new ManualResetEventSlim();
        Task held = _loop.SubmitAsync(() =>
        {
            sent.Wait(Eventually.Guard);
            _established.Send([42]);
            Turn();
            return true;
        });
        foreach (Peer peer in crowd)
        {
            await peer.Send(hello);
        }

        sent.Set();
        await held.WaitAsync(Eventually.Guard);
    }

    // On the loop, as the next round comes: an echo that is there asks for the next.
    private void Turn()
    {
        if (_established.Available > 0)
        {
            _established.Receive(new byte[1]);
            _echoes.Add(_rounds.Count);
            _established.Send([42]);
        }

        if (_rounds.Count < Size)
        {
            _loop.Schedule(Turn, TimeSpan.Zero);
        }
        else
        {
            _answered.TrySetResult();
        }
    }

    /// <summary>Notes the round of the first bytes that go to a client.</summary>
    private sealed class FirstWrite(HelloCrowd crowd) : ChannelHandlerAdapter
    {
        private bool _written;

        public override void Write(IChannelHandlerContext context, object message)
        {
            Note();
            context.Write(message);
        }

        public override Task WriteAsync(IChannelHandlerContext context, object message)
        {
            Note();
            return context.WriteAsync(message);
        }

        private void Note()
        {
            if (!_written)
            {
                _written = true;
                crowd._rounds.Add(crowd._loop.Rounds);
            }
        }
    }
}
