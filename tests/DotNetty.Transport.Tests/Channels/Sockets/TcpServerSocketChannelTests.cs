using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class TcpServerSocketChannelTests
{
    /// <summary>Each errno of accept(2), what .NET shows of it, and what that means. ENOMEM, EPROTO and some more are shown as one unknown error.</summary>
    public static TheoryData<string, SocketError, AcceptErrorKind> EveryErrno() => new()
    {
        { "ECONNABORTED", SocketError.ConnectionAborted, AcceptErrorKind.Transient },
        { "ECONNRESET", SocketError.ConnectionReset, AcceptErrorKind.Transient },
        { "EINTR", SocketError.Interrupted, AcceptErrorKind.Transient },
        { "EMFILE, ENFILE", SocketError.TooManyOpenSockets, AcceptErrorKind.Descriptors },
        { "ENOBUFS", SocketError.NoBufferSpaceAvailable, AcceptErrorKind.Memory },
        { "ENOMEM", SocketError.SocketError, AcceptErrorKind.Unknown },
        { "ENETDOWN", SocketError.NetworkDown, AcceptErrorKind.Transient },
        { "ENETUNREACH", SocketError.NetworkUnreachable, AcceptErrorKind.Transient },
        { "EHOSTDOWN", SocketError.HostDown, AcceptErrorKind.Transient },
        { "EHOSTUNREACH", SocketError.HostUnreachable, AcceptErrorKind.Transient },
        { "EPROTO, ENONET", SocketError.SocketError, AcceptErrorKind.Unknown },
        { "EOPNOTSUPP", SocketError.OperationNotSupported, AcceptErrorKind.Transient },
        { "ENOPROTOOPT", SocketError.ProtocolOption, AcceptErrorKind.Transient },
        { "ETIMEDOUT", SocketError.TimedOut, AcceptErrorKind.Transient },
        { "EPERM", SocketError.AccessDenied, AcceptErrorKind.Transient },
        { "EINVAL", SocketError.InvalidArgument, AcceptErrorKind.ListenerLost },
        { "ENOTSOCK", SocketError.NotSocket, AcceptErrorKind.ListenerLost },
        { "ENOSR, EIO, ENOSPC", SocketError.SocketError, AcceptErrorKind.Unknown },
        { "EBADF", SocketError.OperationAborted, AcceptErrorKind.ListenerLost },
    };

    [Fact]
    public void Binding_makes_it_active_and_it_begins_to_accept()
    {
        using var server = new ScriptedServer();
        server.Loop.RegisterAsync(server.Channel);
        bool activeBefore = server.Channel.Active;

        Task binding = server.Channel.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        server.Run();

        Assert.False(activeBefore);
        Assert.True(binding.IsCompletedSuccessfully);
        Assert.Equal(["Added", "Registered", "Active"], server.Recorder.Events);
        Assert.True(server.Listener.AcceptWanted);
        Assert.Equal(1024, server.Listener.Backlog);
    }

    [Fact]
    public void A_bind_that_fails_tells_why_and_the_channel_was_never_active()
    {
        using var server = new ScriptedServer();
        server.Listener.ListenFault = new SocketException((int)SocketError.AddressAlreadyInUse);
        server.Loop.RegisterAsync(server.Channel);

        Task binding = server.Channel.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        server.Run();

        Assert.Equal(SocketError.AddressAlreadyInUse, ((SocketException)binding.Exception!.InnerException!).SocketErrorCode);
        Assert.DoesNotContain("Active", server.Recorder.Events);
    }

    [Fact]
    public void A_close_right_after_the_bind_tells_no_activity()
    {
        using var server = new ScriptedServer();
        server.Loop.RegisterAsync(server.Channel);
        server.Recorder.Take();

        server.Channel.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        server.Channel.CloseAsync();
        server.Run();

        Assert.Equal(["Unregistered", "Removed"], server.Recorder.Events);
    }

    [Fact]
    public void Accepts_what_waits_in_one_round_up_to_sixteen()
    {
        using ScriptedServer server = new ScriptedServer().Started();
        for (int i = 0; i < 20; i++)
        {
            server.Listener.Connects();
        }

        server.Run();

        Assert.Equal(20, server.Children.Count);
        Assert.Equal([.. Enumerable.Repeat("Read", 16), "ReadComplete", .. Enumerable.Repeat("Read", 4), "ReadComplete"], server.EventNames());
        Assert.All(server.Children, child => Assert.Same(server.Channel, child.Parent));
    }

    [Fact]
    public void Accepts_one_a_read_when_told_so()
    {
        using ScriptedServer server = new ScriptedServer().Started();
        server.Channel.Configuration.RecvByteBufAllocator = new FixedRecvByteBufAllocator(1) { MaxMessagesPerRead = 1 };
        server.Channel.Configuration.AutoRead = false;
        server.Listener.Connects();
        server.Listener.Connects();

        server.Channel.Read();
        server.Run();

        Assert.Single(server.Children);
        Assert.Equal(1, server.Listener.Waiting);
    }

    [Fact]
    public void A_stage_that_withholds_the_read_stops_accepting()
    {
        using ScriptedServer server = new ScriptedServer().Started();
        server.Recorder.OnRead = (context, child) =>
        {
            server.Children.Add((IChannel)child);
            context.Channel.Configuration.AutoRead = false;
        };
        server.Listener.Connects();
        server.Run();
        server.Listener.Connects();
        server.Run();
        int paused = server.Children.Count;

        server.Channel.Configuration.AutoRead = true;
        server.Run();

        Assert.Equal(1, paused);
        Assert.Equal(2, server.Children.Count);
    }

    [Theory]
    [MemberData(nameof(EveryErrno))]
    public void An_accept_error_is_told_once_by_its_kind_stops_reading_and_does_not_close(string errno, SocketError error, AcceptErrorKind kind)
    {
        using ScriptedServer server = new ScriptedServer().Started();
        server.Listener.Fails(error);
        server.Listener.Connects();

        server.Run();
        var fault = Assert.IsType<AcceptException>(Assert.Single(server.Recorder.Exceptions));
        (int Calls, int Waiting, bool Wanted) stopped = (server.Listener.AcceptCalls, server.Listener.Waiting, server.Listener.AcceptWanted);
        server.Channel.Read();
        server.Run();

        Assert.True((kind, error) == (fault.Kind, fault.Error), $"{errno} is {fault.Kind}");
        Assert.Equal((1, 1, false), stopped);
        Assert.True(server.Channel.Active);
        Assert.Single(server.Children);
    }

    [Fact]
    public void An_accept_error_tells_the_number_and_name_of_the_system_where_they_are_known()
    {
        using ScriptedServer server = new ScriptedServer().Started();
        server.Listener.Fails(SocketError.TooManyOpenSockets, errno: 24);
        server.Run();
        server.Listener.Fails(SocketError.TooManyOpenSockets);
        server.Channel.Read();
        server.Run();

        AcceptException[] faults = [.. server.Recorder.Exceptions.Cast<AcceptException>()];
        Assert.Equal((24, "EMFILE"), (faults[0].NativeErrorCode, faults[0].ErrorName));
        Assert.Contains("EMFILE", faults[0].Message, StringComparison.Ordinal);
        Assert.Equal("TooManyOpenSockets", faults[1].ErrorName);
        Assert.Equal(new SocketException((int)SocketError.TooManyOpenSockets).NativeErrorCode, faults[1].NativeErrorCode);
    }

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets, AcceptErrorKind.Descriptors)]
    [InlineData(SocketError.NotSocket, AcceptErrorKind.ListenerLost)]
    public void An_accept_that_throws_is_an_accept_error_too(SocketError error, AcceptErrorKind kind)
    {
        using ScriptedServer server = new ScriptedServer().Started();
        server.Listener.AcceptFault = new SocketException((int)error);
        server.Listener.Connects();

        server.Run();

        Assert.Equal(kind, Assert.IsType<AcceptException>(Assert.Single(server.Recorder.Exceptions)).Kind);
        Assert.False(server.Listener.AcceptWanted);
        Assert.True(server.Channel.Active);
    }

    [Fact]
    public async Task A_socket_that_was_handed_in_and_does_not_listen_is_a_lost_listener()
    {
        var group = new MultithreadEventLoopGroup(1);
        var told = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var channel = new TcpServerSocketChannel(socket);
        channel.Pipeline.AddLast(new Recorder { OnException = (_, fault) => told.TrySetResult(fault) });

        await Within.Reached(group.RegisterAsync(channel));

        Assert.Equal(AcceptErrorKind.ListenerLost, Assert.IsType<AcceptException>(await Within.Reached(told.Task)).Kind);
        await Within.Reached(group.ShutdownGracefullyAsync(TimeSpan.Zero, Within.Guard));
    }

    [Fact]
    public void A_read_after_an_accept_error_resumes()
    {
        using ScriptedServer server = new ScriptedServer().Started();
        server.Listener.Fails(SocketError.TooManyOpenSockets);
        server.Listener.Connects();
        server.Run();

        server.Channel.Read();
        server.Run();

        Assert.Single(server.Children);
        Assert.True(server.Listener.AcceptWanted);
    }

    [Fact]
    public void A_handler_may_resume_in_the_error_itself()
    {
        using ScriptedServer server = new ScriptedServer().Started();
        server.Recorder.OnException = (context, _) => context.Read();
        server.Listener.Fails(SocketError.ConnectionAborted);
        server.Listener.Connects();

        server.Run();

        Assert.Single(server.Children);
    }

    [Fact]
    public void An_error_behind_connections_comes_after_them_and_stops_reading_all_the_same()
    {
        using ScriptedServer server = new ScriptedServer().Started();
        server.Listener.Connects();
        server.Listener.Fails(SocketError.TooManyOpenSockets);
        server.Listener.Connects();

        server.Run();

        Assert.Equal(["Read", "ReadComplete", "Exception"], server.EventNames());
        Assert.Equal(1, server.Listener.Waiting);
        Assert.False(server.Listener.AcceptWanted);
    }

    [Fact]
    public void Closing_in_the_middle_of_a_round_accepts_nothing_more()
    {
        using ScriptedServer server = new ScriptedServer().Started();
        server.Recorder.OnRead = (context, child) =>
        {
            server.Children.Add((IChannel)child);
            context.CloseAsync();
        };
        server.Listener.Connects();
        server.Listener.Connects();

        server.Run();

        Assert.Single(server.Children);
        Assert.True(server.Listener.Closed);
    }

    [Fact]
    public void Its_end_does_not_touch_its_children()
    {
        using ScriptedServer server = new ScriptedServer().Started();
        ScriptedSocket socket = server.Listener.Connects();
        server.Run();

        Task closing = server.Channel.CloseAsync();
        server.Run();

        Assert.True(closing.IsCompletedSuccessfully);
        Assert.True(server.Listener.Closed);
        Assert.False(socket.Closed);
        Assert.Equal(["Read", "ReadComplete", "Inactive", "Unregistered", "Removed"], server.EventNames());
    }

    [Fact]
    public void Cannot_connect_nor_send()
    {
        using ScriptedServer server = new ScriptedServer().Started();

        Task connecting = server.Channel.ConnectAsync(new IPEndPoint(IPAddress.Loopback, 1));
        Task write = server.Channel.WriteAsync("text");

        Assert.IsType<NotSupportedException>(connecting.Exception!.InnerException);
        Assert.IsType<NotSupportedException>(write.Exception!.InnerException);
        Assert.True(server.Channel.Active);
    }
}
