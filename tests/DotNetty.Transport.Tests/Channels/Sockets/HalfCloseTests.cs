using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class HalfCloseTests : LeakFreeTests
{
    private readonly ScriptedChannel _channel = new ScriptedChannel().Started();

    private ScriptedSocket Socket => _channel.Socket;

    private TcpSocketChannel Channel => _channel.Channel;

    public override void Dispose()
    {
        _channel.Dispose();
        base.Dispose();
    }

    [Fact]
    public void A_reply_after_the_peers_end_arrives()
    {
        Channel.Configuration.SetOption(ChannelOption.AllowHalfClosure, true);

        _channel.ReceiveEnd();
        bool activeAfterEnd = Channel.Active;
        Task reply = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("reply"));

        Assert.True(activeAfterEnd);
        Assert.Equal(["Event ChannelInputShutdownEvent"], _channel.Recorder.Events);
        Assert.True(reply.IsCompletedSuccessfully);
        Assert.Equal("reply", Socket.Sent);
    }

    [Fact]
    public void The_end_of_input_is_told_once_and_reading_stops()
    {
        Channel.Configuration.SetOption(ChannelOption.AllowHalfClosure, true);

        _channel.ReceiveEnd();
        Channel.Read();
        _channel.Run();

        Assert.False(Socket.ReadWanted);
        Assert.Single(_channel.Recorder.Events);
    }

    [Fact]
    public void Closing_after_the_end_of_input_waits_for_nothing()
    {
        Channel.Configuration.SetOption(ChannelOption.AllowHalfClosure, true);
        _channel.ReceiveEnd();

        Task closing = Channel.CloseAsync();
        _channel.Run();

        Assert.True(closing.IsCompletedSuccessfully);
        Assert.True(Socket is { Closed: true, WasReset: false });
    }

    [Fact]
    public void Shutting_the_output_down_sends_what_was_written_and_goes_on_receiving()
    {
        Task write = Channel.WriteAsync(ScriptedChannel.Bytes("all"));

        Task shutdown = Channel.ShutdownOutputAsync();
        _channel.Receive("answer");

        Assert.True(write.IsCompletedSuccessfully && shutdown.IsCompletedSuccessfully);
        Assert.True(Socket.OutputShutdown && !Socket.Closed);
        Assert.True(Channel is { IsOutputShutdown: true, Active: true });
        Assert.Contains("Read answer", _channel.Recorder.Events);
    }

    [Fact]
    public void The_output_ends_only_when_all_of_it_is_out()
    {
        Socket.Answers(TransportResult.WouldBlock);
        _ = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("all"));

        Task shutdown = Channel.ShutdownOutputAsync();
        Task again = Channel.ShutdownOutputAsync();
        bool early = Socket.OutputShutdown || shutdown.IsCompleted;
        Socket.BecomesWritable();
        _channel.Run();

        Assert.False(early);
        Assert.True(Socket.OutputShutdown);
        Assert.True(shutdown.IsCompletedSuccessfully && again.IsCompletedSuccessfully);
    }

    [Fact]
    public void Writes_after_the_output_was_shut_down_fail_and_do_not_close()
    {
        _ = Channel.ShutdownOutputAsync();

        Task write = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("late"));
        Channel.Write(ScriptedChannel.Bytes("late"));
        Channel.Flush();
        _channel.Run();

        Assert.IsType<ClosedChannelException>(write.Exception!.InnerException);
        Assert.Equal(0, Socket.SendCalls);
        Assert.True(Channel.Active);
        Assert.Empty(_channel.Recorder.Events);
    }

    [Fact]
    public void The_peers_end_after_ours_closes()
    {
        Channel.Configuration.SetOption(ChannelOption.AllowHalfClosure, true);
        _ = Channel.ShutdownOutputAsync();

        _channel.ReceiveEnd();

        Assert.True(Socket is { Closed: true, WasReset: false });
    }

    [Fact]
    public void Our_end_after_the_peers_closes()
    {
        Channel.Configuration.SetOption(ChannelOption.AllowHalfClosure, true);
        _channel.ReceiveEnd();

        Task shutdown = Channel.ShutdownOutputAsync();
        _channel.Run();

        Assert.True(shutdown.IsCompletedSuccessfully);
        Assert.True(Socket is { Closed: true, OutputShutdown: true });
    }

    [Fact]
    public void A_channel_that_breaks_before_its_output_is_out_fails_the_shutdown()
    {
        Socket.Answers(TransportResult.WouldBlock, TransportResult.Failed(SocketError.ConnectionReset));
        _ = Channel.WriteAndFlushAsync(ScriptedChannel.Bytes("all"));
        Task shutdown = Channel.ShutdownOutputAsync();

        Socket.BecomesWritable();
        _channel.Run();

        Assert.IsType<ClosedChannelException>(shutdown.Exception!.InnerException);
    }

    [Fact]
    public void Shutting_down_in_a_read_sends_what_the_read_wrote_first()
    {
        Task? shutdown = null;
        _channel.Recorder.OnRead = (context, message) =>
        {
            _ = context.WriteAndFlushAsync(message);
            shutdown = Channel.ShutdownOutputAsync();
        };

        _channel.Receive("echo");

        Assert.Equal("echo", Socket.Sent);
        Assert.True(Socket.OutputShutdown);
        Assert.True(shutdown!.IsCompletedSuccessfully);
    }
}
