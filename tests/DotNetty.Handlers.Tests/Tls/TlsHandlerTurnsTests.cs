using System.Security.Authentication;
using DotNetty.Buffers;
using DotNetty.Common.Concurrency;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;

namespace DotNetty.Handlers.Tests.Tls;

public sealed class TlsHandlerTurnsTests : LeakFreeTests
{
    private readonly List<EmbeddedChannel> _channels = [];
    private readonly Turns _turns = new();
    private readonly Recorder _events = new();

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public void Every_flight_of_the_client_is_a_step(SslProtocols version)
    {
        EmbeddedChannel server = NewServer(EnginePair.ServerSettings(version));
        EmbeddedChannel client = NewClient(version);

        Exchange(client, server);

        Assert.Equal(["active", "secured"], _events.Events);
        Assert.Equal((2, 2), (_turns.Begun, _turns.Ended));
    }

    [Fact]
    public void A_silent_client_and_half_a_hello_take_no_turn()
    {
        EmbeddedChannel server = NewServer();

        server.WriteInbound(Unpooled.CopiedBuffer(RecordedHellos.BothVersions[..^1]));

        Assert.Equal(0, _turns.Begun + _turns.Waiting.Count);
        Assert.True(server.ReadPending);
    }

    [Fact]
    public void A_whole_hello_waits_for_its_turn_and_nothing_is_read_meanwhile()
    {
        _turns.AreFree = false;
        EmbeddedChannel server = NewServer();

        server.WriteInbound(Unpooled.CopiedBuffer(RecordedHellos.BothVersions));
        server.Read();

        Assert.Single(_turns.Waiting);
        Assert.False(server.ReadPending);
        Assert.Empty(TlsChannels.TakeOutbound(server));
    }

    [Fact]
    public void At_its_turn_it_answers_and_reads_on()
    {
        _turns.AreFree = false;
        EmbeddedChannel server = NewServer();
        server.WriteInbound(Unpooled.CopiedBuffer(RecordedHellos.BothVersions[..100]));
        server.WriteInbound(Unpooled.CopiedBuffer(RecordedHellos.BothVersions[100..]));

        bool took = _turns.Waiting.Dequeue().TakeTurn();

        Assert.True(took);
        Assert.Equal(1, _turns.Ended);
        Assert.NotEmpty(TlsChannels.TakeOutbound(server));
        Assert.True(server.ReadPending);
    }

    [Fact]
    public void A_handshake_that_waits_at_every_step_is_done_in_the_end_with_the_data_behind_it()
    {
        _turns.AreFree = false;
        EmbeddedChannel server = NewServer();
        EmbeddedChannel client = NewClient();
        client.WriteAndFlushAsync(TlsChannels.Text("early"));

        Exchange(client, server);
        while (_turns.Waiting.TryDequeue(out IHandshakeStep? step))
        {
            Assert.True(step.TakeTurn());
            Exchange(client, server);
        }

        Assert.Equal(["active", "secured", "read"], _events.Events);
        Assert.Equal("early"u8, _events.Received);
        Assert.Equal(2, _turns.Ended);
    }

    [Fact]
    public void After_data_that_came_with_the_last_waiting_step_the_peer_is_read_on()
    {
        _turns.AreFree = false;
        EmbeddedChannel server = NewServer();
        EmbeddedChannel client = NewClient();
        client.WriteAndFlushAsync(TlsChannels.Text("early"));
        Exchange(client, server);
        _turns.Waiting.Dequeue().TakeTurn();
        Exchange(client, server);

        _turns.Waiting.Dequeue().TakeTurn();

        Assert.Equal("early"u8, _events.Received);
        Assert.True(server.ReadPending);
    }

    [Fact]
    public void Data_after_the_handshake_asks_for_no_turn()
    {
        EmbeddedChannel server = NewServer();
        EmbeddedChannel client = NewClient();
        Exchange(client, server);
        int begun = _turns.Begun;
        _turns.AreFree = false;

        client.WriteAndFlushAsync(TlsChannels.Text("hello"));
        Exchange(client, server);

        Assert.Equal("hello"u8, _events.Received);
        Assert.Equal(begun, _turns.Begun);
    }

    [Fact]
    public void A_connection_that_ends_while_it_waits_takes_no_turn_any_more()
    {
        _turns.AreFree = false;
        EmbeddedChannel server = NewServer();
        server.WriteInbound(Unpooled.CopiedBuffer(RecordedHellos.BothVersions));

        server.Unsafe.CloseForcibly();
        server.RunPendingTasks();

        Assert.False(_turns.Waiting.Dequeue().TakeTurn());
        Assert.Equal(["active", "refused", "inactive"], _events.Events);
        Assert.Equal(0, _turns.Ended);
    }

    [Fact]
    public void The_deadline_runs_while_it_waits()
    {
        _turns.AreFree = false;
        EmbeddedChannel server = NewServer();
        server.WriteInbound(Unpooled.CopiedBuffer(RecordedHellos.BothVersions));

        server.AdvanceTimeBy(TimeSpan.FromSeconds(10));

        Assert.False(server.Open);
        Assert.Equal(TlsHandshakeFailure.TimedOut, Assert.IsType<TlsHandshakeException>(_events.Completion?.Exception).Reason);
        Assert.False(_turns.Waiting.Dequeue().TakeTurn());
    }

    [Fact]
    public void What_is_no_hello_is_refused_without_a_turn()
    {
        _turns.AreFree = false;
        EmbeddedChannel server = NewServer();

        server.WriteInbound(Unpooled.CopiedBuffer("GET / HTTP/1.1\r\n\r\n"u8.ToArray()));

        Assert.False(server.Open);
        Assert.IsType<NotSslRecordException>(_events.Completion?.Exception);
        Assert.Empty(_turns.Waiting);
    }

    [Fact]
    public void A_step_that_fails_has_ended()
    {
        EmbeddedChannel server = NewServer(EnginePair.ServerSettings(SslProtocols.Tls13));

        server.WriteInbound(Unpooled.CopiedBuffer(RecordedHellos.Version12));

        Assert.Equal("refused", _events.Events[1]);
        Assert.Equal((1, 1), (_turns.Begun, _turns.Ended));
    }

    public override void Dispose()
    {
        foreach (EmbeddedChannel channel in _channels)
        {
            channel.Unsafe.CloseForcibly();
            channel.RunPendingTasks();
            channel.ReleaseOutbound();
        }

        base.Dispose();
    }

    private static void Exchange(EmbeddedChannel client, EmbeddedChannel server)
    {
        while (TlsChannels.Carry(client, server) + TlsChannels.Carry(server, client) > 0)
        {
        }
    }

    private EmbeddedChannel NewClient(SslProtocols version = SslProtocols.Tls12 | SslProtocols.Tls13) =>
        Keep(new EmbeddedChannel(new TlsHandler(EnginePair.ClientSettings(version)), new Recorder()));

    private EmbeddedChannel NewServer(ServerTlsSettings? settings = null) =>
        Keep(new EmbeddedChannel(new TlsHandler(settings ?? EnginePair.ServerSettings()) { HandshakeTurns = _turns }, _events));

    private EmbeddedChannel Keep(EmbeddedChannel channel)
    {
        _channels.Add(channel);
        channel.RunPendingTasks();
        return channel;
    }

    /// <summary>Counts the steps; keeps them waiting when it is told to.</summary>
    private sealed class Turns : IHandshakeTurns
    {
        public bool AreFree { get; set; } = true;

        public Queue<IHandshakeStep> Waiting { get; } = new();

        public int Begun { get; private set; }

        public int Ended { get; private set; }

        public bool TryBegin(IEventExecutor executor, IHandshakeStep step)
        {
            if (AreFree)
            {
                Begun++;
            }
            else
            {
                Waiting.Enqueue(step);
            }

            return AreFree;
        }

        public void End() => Ended++;
    }
}
