using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.Connections;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EsockdNetty.Tests.Connections;

/// <summary>Options that the system takes of a new socket and refuses of a connection.</summary>
public sealed class ConnectionSocketOptionsTests
{
    private const int Told = 112;
    private const int Closed = 102;

    private readonly ListLogger _log = new();

    public static TheoryData<SocketTransport> Both => Transports.Both;

    [Fact]
    public void One_that_is_refused_is_told_with_its_value_and_why()
    {
        var options = new ConnectionSocketOptions("mqtt", _log, static _ => false);

        var channel = new RefusingChannel(ChannelOption.SoKeepalive);

        options.Apply(channel, Settings());
        channel.AdvanceTimeBy(TimeSpan.FromSeconds(1));

        (LogLevel level, int id, string text) = Assert.Single(_log.Lines);
        Assert.Equal((LogLevel.Warning, Told), (level, id));
        Assert.StartsWith("Listener mqtt: the system refuses Socket:KeepAlive True of a connection (InvalidArgument), which goes on without it; 0 more", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Those_behind_it_are_set()
    {
        var options = new ConnectionSocketOptions("mqtt", _log, static _ => false);
        var channel = new RefusingChannel(ChannelOption.TcpNodelay);

        options.Apply(channel, Settings());

        Assert.Equal([ChannelOption.SoKeepalive.ToString(), ChannelOption.TcpKeepCnt.ToString()], channel.Set);
    }

    [Fact]
    public void Many_are_one_line_a_second()
    {
        var options = new ConnectionSocketOptions("mqtt", _log, static _ => false);
        var channel = new RefusingChannel(ChannelOption.SoKeepalive);
        for (int i = 0; i < 100; i++)
        {
            options.Apply(channel, Settings());
        }

        channel.AdvanceTimeBy(TimeSpan.FromSeconds(1));

        Assert.Contains("; 99 more not listed", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_connection_that_has_ended_nothing_is_told()
    {
        var options = new ConnectionSocketOptions("mqtt", _log, static _ => true);

        var channel = new RefusingChannel(ChannelOption.SoKeepalive);

        options.Apply(channel, Settings());
        channel.AdvanceTimeBy(TimeSpan.FromSeconds(1));

        Assert.Empty(_log.Lines);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_was_refused_in_the_last_second_is_told_before_the_listener_is_closed(SocketTransport transport)
    {
        using var log = new LogLines();
        await using OneListener server = await OneListener.Open(
            OneListener.Echo,
            static options => options.Socket.Raw.Add(new RawOption(6, 23, 5)),
            new SocketServerOptions { Transport = transport, LoggerFactory = log });
        using (Peer peer = await server.Connect())
        {
            Assert.True(await peer.IsServed());
        }

        await server.Listener.CloseAsync().WaitAsync(Eventually.Guard);

        int[] lines = [.. log.All.Select(static line => line.Id).Where(static id => id is Told or Closed)];
        Assert.Equal([Told, Closed], lines);
    }

    // TCP_FASTOPEN is for sockets without a connection, whatever the target says.
    [Theory]
    [MemberData(nameof(Both))]
    public async Task On_sockets_the_connection_goes_on_without_it_and_has_the_others(SocketTransport transport)
    {
        using var log = new LogLines();
        var accepted = new TaskCompletionSource<IChannel>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using OneListener server = await OneListener.OpenPipeline(
            pipeline =>
            {
                accepted.TrySetResult(pipeline.Channel);
                pipeline.AddLast(new EchoHandler());
            },
            static options =>
            {
                options.Socket.Raw.Add(new RawOption(6, 23, 5));
                options.Socket.Raw.Add(new RawOption(6, 25, 77));
            },
            new SocketServerOptions { Transport = transport, LoggerFactory = log });

        using Peer peer = await server.Connect();

        Assert.True(await peer.IsServed());
        Assert.Equal(77, (await accepted.Task.WaitAsync(Eventually.Guard)).Configuration.GetOption(RawSocketOption.Int(6, 25)));
        Eventually.Equal(1, () => log.All.Count(static line => line.Id == Told && line.Text.Contains("refuses Socket:Raw (6, 23)", StringComparison.Ordinal)));
    }

    private static ListenerSettings Settings()
    {
        var options = new ListenerOptions("mqtt", "tcp://127.0.0.1:0") { Socket = { KeepAlive = true, KeepAliveCount = 3 } };
        return new ListenerSettings("mqtt", options, null, new ConnectionHandlers(OneListener.Echo));
    }

    /// <summary>Has every option but one.</summary>
    private sealed class RefusingChannel : EmbeddedChannel
    {
        private readonly Refusing _configuration;

        public RefusingChannel(ChannelOption refused) => _configuration = new Refusing(this, refused);

        public IEnumerable<string> Set => _configuration.Set;

        // Asked for by the constructor of its base too.
        public override IChannelConfiguration Configuration => _configuration ?? base.Configuration;

        private sealed class Refusing(IChannel channel, ChannelOption refused) : DefaultChannelConfiguration(channel)
        {
            public List<string> Set { get; } = [];

            public override bool SetOption<T>(ChannelOption<T> option, T value)
            {
                if (refused.Equals(option))
                {
                    throw new SocketException((int)SocketError.InvalidArgument);
                }

                if (!ChannelOption.AllowHalfClosure.Equals(option))
                {
                    Set.Add(option.ToString());
                }

                return true;
            }
        }
    }
}
