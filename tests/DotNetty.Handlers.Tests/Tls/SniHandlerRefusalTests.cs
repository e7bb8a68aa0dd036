using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Handlers.Tests.Tls;

public sealed class SniHandlerRefusalTests : LeakFreeTests
{
    private const byte DecodeError = 50;
    private const byte InternalError = 80;
    private const byte UnrecognizedName = 112;

    private static readonly string[] Refused = ["active", "refused", "inactive"];

    private readonly List<string> _names = [];

    public static TheoryData<string, byte> BadChoices => new()
    {
        { "throws", InternalError },
        { "faults", InternalError },
        { "is cancelled", InternalError },
        { "has no task", UnrecognizedName },
        { "has no answer", UnrecognizedName },
    };

    [Theory]
    [MemberData(nameof(BadChoices))]
    public void A_choice_that_fails_closes_the_channel_with_one_event_and_says_so_to_the_client(string how, byte alert)
    {
        using var channels = new SniChannels(new ServerTlsSniSettings(Bad(how)));

        channels.Send(ClientHellos.Recorded());

        Assert.False(channels.Server.Open);
        Assert.Equal(Refused, channels.ServerEvents.Events);
        Assert.Equal([21, 3, 3, 0, 2, 2, alert], TlsChannels.TakeOutbound(channels.Server));
    }

    [Fact]
    public void A_choice_that_fails_later_closes_the_channel_from_its_own_loop()
    {
        var choice = new TaskCompletionSource<ServerTlsSettings>();
        using var channels = new SniChannels(new ServerTlsSniSettings(_ => choice.Task));
        channels.Send(ClientHellos.Recorded());

        choice.SetException(new TimeZoneNotFoundException());
        bool openBefore = channels.Server.Open;
        channels.Server.RunPendingTasks();

        Assert.True(openBefore);
        Assert.False(channels.Server.Open);
        Assert.Equal(Refused, channels.ServerEvents.Events);
        var failure = Assert.IsType<TlsHandshakeException>(channels.Failure);
        Assert.Equal(TlsHandshakeFailure.SelectionFailed, failure.Reason);
        Assert.IsType<TimeZoneNotFoundException>(failure.InnerException);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0014\u0014\u0014\u0014\u0014\u0014\u0014")]
    [InlineData("\u0015")]
    [InlineData("\u0016\u0002")]
    [InlineData("\u0000")]
    public void Junk_is_closed_at_once_with_one_event(string junk)
    {
        using var channels = new SniChannels(SniChannels.Choosing(_names));

        channels.Server.WriteInbound(TlsChannels.Text(junk));

        Assert.False(channels.Server.Open);
        Assert.Equal(Refused, channels.ServerEvents.Events);
        Assert.IsType<NotSslRecordException>(channels.Failure);
        Assert.Empty(_names);
    }

    [Fact]
    public void A_hello_that_cannot_be_read_is_refused_and_nobody_asked()
    {
        using var channels = new SniChannels(SniChannels.Choosing(_names));

        channels.Send([22, 3, 1, 0, 6, 1, 0, 0, 2, 3, 3]);

        Assert.Equal(Refused, channels.ServerEvents.Events);
        Assert.Equal([21, 3, 3, 0, 2, 2, DecodeError], TlsChannels.TakeOutbound(channels.Server));
        Assert.Equal(TlsHandshakeFailure.MalformedClientHello, Assert.IsType<TlsHandshakeException>(channels.Failure).Reason);
        Assert.Empty(_names);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100)]
    public void Silence_is_closed_at_the_deadline(int bytes)
    {
        using var channels = new SniChannels(SniChannels.Choosing(_names));
        channels.Send(ClientHellos.Recorded()[..bytes]);

        channels.Server.AdvanceTimeBy(TimeSpan.FromSeconds(9.9));
        bool openBefore = channels.Server.Open;
        channels.Server.AdvanceTimeBy(TimeSpan.FromSeconds(0.1));

        Assert.True(openBefore);
        Assert.False(channels.Server.Open);
        Assert.Equal(Refused, channels.ServerEvents.Events);
        Assert.Equal(TlsHandshakeFailure.TimedOut, Assert.IsType<TlsHandshakeException>(channels.Failure).Reason);
    }

    [Fact]
    public void Bytes_that_keep_trickling_do_not_move_the_deadline()
    {
        using var channels = new SniChannels(SniChannels.Choosing(_names));
        byte[] hello = ClientHellos.Recorded();

        for (int i = 0; i < 11; i++)
        {
            channels.Send([hello[i]]);
            channels.Server.AdvanceTimeBy(TimeSpan.FromSeconds(1));
        }

        Assert.False(channels.Server.Open);
    }

    [Fact]
    public void An_answer_that_comes_after_the_deadline_changes_nothing()
    {
        var choice = new TaskCompletionSource<ServerTlsSettings>();
        using var channels = new SniChannels(new ServerTlsSniSettings(_ => choice.Task));
        channels.Send(ClientHellos.Recorded());

        channels.Server.AdvanceTimeBy(TimeSpan.FromSeconds(10));
        choice.SetResult(EnginePair.ServerSettings());
        channels.Server.RunPendingTasks();

        Assert.False(channels.Server.Open);
        Assert.Equal(Refused, channels.ServerEvents.Events);
    }

    [Fact]
    public void The_time_spent_before_the_hello_is_not_given_again_after_it()
    {
        using var channels = new SniChannels(SniChannels.Choosing(_names));
        channels.Server.AdvanceTimeBy(TimeSpan.FromSeconds(7));
        channels.Send(ClientHellos.Recorded());

        channels.Server.AdvanceTimeBy(TimeSpan.FromSeconds(2.9));
        bool openBefore = channels.Server.Open;
        channels.Server.AdvanceTimeBy(TimeSpan.FromSeconds(0.1));

        Assert.NotEmpty(_names);
        Assert.True(openBefore);
        Assert.False(channels.Server.Open);
        Assert.Equal(Refused, channels.ServerEvents.Events);
    }

    [Fact]
    public void A_settings_deadline_that_has_passed_already_ends_the_handshake()
    {
        using var channels = new SniChannels(new ServerTlsSniSettings(_ => Task.FromResult(Hasty())));
        channels.Server.AdvanceTimeBy(TimeSpan.FromSeconds(7));

        channels.Send(ClientHellos.Recorded());
        channels.Server.RunPendingTasks();

        Assert.False(channels.Server.Open);
        Assert.Equal(Refused, channels.ServerEvents.Events);

        static ServerTlsSettings Hasty() => new(TestCertificates.Server) { HandshakeTimeout = TimeSpan.FromSeconds(5) };
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(int.MaxValue)]
    public void A_connection_that_ends_meanwhile_is_told_by_the_event_alone(int bytes)
    {
        var choice = new TaskCompletionSource<ServerTlsSettings>();
        using var channels = new SniChannels(new ServerTlsSniSettings(_ => choice.Task));
        byte[] hello = ClientHellos.Recorded();
        channels.Send(hello[..Math.Min(bytes, hello.Length)]);
        var reset = new SocketException((int)SocketError.ConnectionReset);

        channels.Server.Pipeline.FireExceptionCaught(reset);
        channels.Server.Unsafe.CloseForcibly();
        channels.Server.RunPendingTasks();
        choice.SetResult(EnginePair.ServerSettings());
        channels.Server.RunPendingTasks();

        Assert.Equal(Refused, channels.ServerEvents.Events);
        Assert.Same(reset, channels.Failure?.InnerException);
    }

    [Fact]
    public void A_client_that_ends_its_half_before_the_handshake_is_closed()
    {
        using var channels = new SniChannels(SniChannels.Choosing(_names));

        channels.Server.Pipeline.FireUserEventTriggered(ChannelInputShutdownEvent.Instance);
        channels.Server.RunPendingTasks();

        Assert.Equal(Refused, channels.ServerEvents.Events);
        Assert.Equal(TlsHandshakeFailure.Closed, Assert.IsType<TlsHandshakeException>(channels.Failure).Reason);
    }

    [Fact]
    public void Queued_writes_fail_with_the_handshake()
    {
        using var channels = new SniChannels(SniChannels.Choosing(_names));
        Task write = channels.Server.WriteAndFlushAsync(TlsChannels.Text("secret"));

        channels.Server.WriteInbound(TlsChannels.Text("junk"));
        Task after = channels.Server.WriteAndFlushAsync(TlsChannels.Text("secret"));

        Assert.IsType<NotSslRecordException>(write.Exception?.InnerException);
        Assert.NotNull(after.Exception);
        Assert.Empty(TlsChannels.TakeOutbound(channels.Server));
    }

    [Fact]
    public void A_close_in_mid_handshake_fails_what_waits()
    {
        using var channels = new SniChannels(SniChannels.Choosing(_names));
        Task write = channels.Server.WriteAndFlushAsync(TlsChannels.Text("secret"));

        channels.Server.CloseAsync();

        Assert.IsType<ClosedChannelException>(write.Exception?.InnerException);
        Assert.Equal(Refused, channels.ServerEvents.Events);
        Assert.Empty(TlsChannels.TakeOutbound(channels.Server));
    }

    [Fact]
    public void What_is_not_bytes_is_refused()
    {
        using var channels = new SniChannels(SniChannels.Choosing(_names));

        Task write = channels.Server.WriteAsync("text");

        Assert.IsType<DotNetty.Codecs.UnsupportedMessageTypeException>(write.Exception?.InnerException);
    }

    private static Func<string, Task<ServerTlsSettings>> Bad(string how) => how switch
    {
        "throws" => _ => throw new TimeZoneNotFoundException(),
        "faults" => _ => Task.FromException<ServerTlsSettings>(new TimeZoneNotFoundException()),
        "is cancelled" => _ => Task.FromCanceled<ServerTlsSettings>(new CancellationToken(true)),
        "has no task" => _ => null!,
        _ => _ => Task.FromResult<ServerTlsSettings>(null!),
    };
}
