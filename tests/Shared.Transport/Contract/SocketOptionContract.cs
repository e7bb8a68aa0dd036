using System.Net.Sockets;
using System.Text;
using DotNetty.Transport.Bootstrapping;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.TestSupport.Contract;

/// <summary>The options that the system keeps with a socket: set on a child before it is registered, they read back from the system.</summary>
public abstract class SocketOptionContract<TTransport> : ContractTests<TTransport>
    where TTransport : ITransportUnderTest, new()
{
    // The same on every family: SOL_SOCKET and SO_PRIORITY, and SO_LINGER.
    private const int LevelSocket = 1;
    private const int Priority = 12;
    private const int LingerName = 13;
    private const int LevelTcp = 6;

    private bool IsInternet => Transport.Family != AddressFamily.Unix;

    [Fact]
    public async Task What_a_child_was_given_before_its_registration_reads_back_from_the_system()
    {
        if (!IsInternet)
        {
            return;
        }

        await ListenAsync(static bootstrap => bootstrap
            .ChildOption(ChannelOption.SoKeepalive, true)
            .ChildOption(ChannelOption.TcpKeepIdle, TimeSpan.FromSeconds(61))
            .ChildOption(ChannelOption.TcpKeepIntvl, TimeSpan.FromSeconds(7))
            .ChildOption(ChannelOption.TcpKeepCnt, 4)
            .ChildOption(ChannelOption.TcpUserTimeout, TimeSpan.FromMilliseconds(31_234))
            .ChildOption(ChannelOption.TcpQuickAck, false)
            .ChildOption(ChannelOption.IpTtl, 77)
            .ChildOption(ChannelOption.IpTos, 0x48));
        (_, IChannel channel) = await ConnectAsync();

        IChannelConfiguration options = channel.Configuration;
        Assert.True(options.GetOption(ChannelOption.SoKeepalive));
        Assert.Equal(
            (61, 7, 4),
            (options.GetOption(ChannelOption.TcpKeepIdle).TotalSeconds, options.GetOption(ChannelOption.TcpKeepIntvl).TotalSeconds, options.GetOption(ChannelOption.TcpKeepCnt)));
        Assert.Equal((61, 7, 4), (GetRaw(channel, LevelTcp, 4), GetRaw(channel, LevelTcp, 5), GetRaw(channel, LevelTcp, 6)));
        Assert.Equal((31_234, 31_234), (options.GetOption(ChannelOption.TcpUserTimeout).TotalMilliseconds, GetRaw(channel, LevelTcp, 18)));
        Assert.False(options.GetOption(ChannelOption.TcpQuickAck));
        Assert.Equal((77, 0x48), (options.GetOption(ChannelOption.IpTtl), options.GetOption(ChannelOption.IpTos)));
    }

    [Fact]
    public async Task Quick_ack_is_what_the_system_holds_just_now()
    {
        if (!IsInternet)
        {
            return;
        }

        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();

        AssertSets(channel, ChannelOption.TcpQuickAck, false);
        AssertSets(channel, ChannelOption.TcpQuickAck, true);
    }

    [Fact]
    public async Task Hops_and_service_hold_for_a_socket_of_both_families()
    {
        if (Transport.Family != AddressFamily.InterNetworkV6)
        {
            return;
        }

        await ListenAsync(static bootstrap => bootstrap.ChildOption(ChannelOption.IpTtl, 78).ChildOption(ChannelOption.IpTos, 0x20));
        (_, IChannel channel) = await ConnectAsync();

        // IP_TTL and IP_TOS, IPV6_UNICAST_HOPS and IPV6_TCLASS.
        Assert.Equal((78, 0x20), (GetRaw(channel, 0, 2), GetRaw(channel, 0, 1)));
        Assert.Equal((78, 0x20), (GetRaw(channel, 41, 16), GetRaw(channel, 41, 67)));
    }

    [Fact]
    public async Task A_time_is_rounded_up_to_what_the_system_counts_in()
    {
        if (!IsInternet)
        {
            return;
        }

        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();

        Assert.True(channel.Configuration.SetOption(ChannelOption.TcpKeepIdle, TimeSpan.FromSeconds(1) + TimeSpan.FromTicks(1)));
        Assert.True(channel.Configuration.SetOption(ChannelOption.TcpUserTimeout, TimeSpan.FromMilliseconds(1.5)));

        Assert.Equal(TimeSpan.FromSeconds(2), channel.Configuration.GetOption(ChannelOption.TcpKeepIdle));
        Assert.Equal(TimeSpan.FromMilliseconds(2), channel.Configuration.GetOption(ChannelOption.TcpUserTimeout));
    }

    [Theory]
    [InlineData("TCP_KEEPIDLE", "1 s to 32767 s")]
    [InlineData("TCP_KEEPINTVL", "1 s to 32767 s")]
    [InlineData("TCP_KEEPCNT", "1 to 127")]
    [InlineData("TCP_USER_TIMEOUT", "0 s to 2147483.647 s")]
    [InlineData("IP_TTL", "1 to 255")]
    [InlineData("IP_TOS", "multiples of 4 from 0 to 252")]
    [InlineData("SO_LINGER", "-1 to 65535")]
    [InlineData("SO_RCVBUF", "0 to 2147483647")]
    [InlineData("SO_SNDBUF", "0 to 2147483647")]
    public async Task A_value_out_of_range_is_an_exception_that_names_option_and_range(string option, string range)
    {
        if (!IsInternet)
        {
            return;
        }

        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();

        foreach (Action<IChannelConfiguration> spoil in Spoil(option))
        {
            ArgumentOutOfRangeException fault = Assert.Throws<ArgumentOutOfRangeException>(() => spoil(channel.Configuration));
            Assert.Contains($"{option} takes", fault.Message, StringComparison.Ordinal);
            Assert.Contains(range, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_listening_socket_has_options_of_its_own()
    {
        if (!IsInternet)
        {
            return;
        }

        await ListenAsync(static bootstrap => bootstrap
            .Option(ChannelOption.TcpDeferAccept, TimeSpan.FromSeconds(5))
            .Option(ChannelOption.TcpFastopen, 9)
            .Option(ChannelOption.IpTtl, 79)
            .Option(ChannelOption.IpTos, 0x10));

        // Counted in retransmissions by the system, and read back so: 7 s are three.
        Assert.Equal(TimeSpan.FromSeconds(7), Listener.Configuration.GetOption(ChannelOption.TcpDeferAccept));
        Assert.Equal(9, Listener.Configuration.GetOption(ChannelOption.TcpFastopen));
        Assert.Equal((79, 0x10), (Listener.Configuration.GetOption(ChannelOption.IpTtl), Listener.Configuration.GetOption(ChannelOption.IpTos)));
    }

    [Fact]
    public async Task An_option_of_the_other_kind_of_socket_is_refused_by_false()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();

        Assert.False(channel.Configuration.SetOption(ChannelOption.TcpDeferAccept, TimeSpan.FromSeconds(1)));
        Assert.False(channel.Configuration.SetOption(ChannelOption.TcpFastopen, 1));
        Assert.False(Listener.Configuration.SetOption(ChannelOption.TcpKeepCnt, 1));
        Assert.False(Listener.Configuration.SetOption(ChannelOption.TcpUserTimeout, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_unix_socket_says_which_option_it_has_not()
    {
        if (IsInternet)
        {
            return;
        }

        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();

        AssertNotSupported("TCP_KEEPIDLE", () => channel.Configuration.SetOption(ChannelOption.TcpKeepIdle, TimeSpan.FromSeconds(1)));
        AssertNotSupported("TCP_KEEPIDLE", () => channel.Configuration.GetOption(ChannelOption.TcpKeepIdle));
        AssertNotSupported("TCP_QUICKACK", () => channel.Configuration.SetOption(ChannelOption.TcpQuickAck, true));
        AssertNotSupported("IP_TTL", () => channel.Configuration.SetOption(ChannelOption.IpTtl, 3));
        AssertNotSupported("TCP_DEFER_ACCEPT", () => Listener.Configuration.SetOption(ChannelOption.TcpDeferAccept, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_silent_connection_is_not_accepted_before_its_first_bytes_are_there()
    {
        if (!IsInternet)
        {
            return;
        }

        await ListenAsync(static bootstrap => bootstrap.Option(ChannelOption.TcpDeferAccept, TimeSpan.FromSeconds(60)));
        Socket silent = await ConnectPeerAsync();
        Socket speaking = await ConnectPeerAsync();

        await speaking.SendTextAsync("first");
        IChannel accepted = await AcceptedAsync();
        await silent.SendTextAsync("second");
        IChannel late = await AcceptedAsync();
        await TurnAsync(accepted);
        await TurnAsync(late);

        Assert.Equal(speaking.LocalEndPoint!.ToString(), accepted.RemoteAddress.ToString());
        Assert.Equal(silent.LocalEndPoint!.ToString(), late.RemoteAddress.ToString());
    }

    [Fact]
    public async Task The_first_read_of_a_connection_that_was_deferred_brings_its_first_bytes()
    {
        if (!IsInternet)
        {
            return;
        }

        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Accepted.OnReadComplete = _ => read.TrySetResult();
        await ListenAsync(static bootstrap => bootstrap.Option(ChannelOption.TcpDeferAccept, TimeSpan.FromSeconds(60)));
        Socket peer = await ConnectPeerAsync();

        await peer.SendTextAsync("hello");
        await Within.Reached(read.Task);

        Assert.Contains("Read hello", Accepted.Events);
    }

    [Fact]
    public async Task A_raw_int_is_set_and_read_by_number_on_either_kind_of_socket()
    {
        ChannelOption<int> priority = RawSocketOption.Int(LevelSocket, Priority);
        await ListenAsync(bootstrap => bootstrap.Option(priority, 3).ChildOption(priority, 5));
        (_, IChannel channel) = await ConnectAsync();

        Assert.Equal((3, 5), (Listener.Configuration.GetOption(priority), channel.Configuration.GetOption(priority)));
        AssertSets(channel, priority, 6);
        Assert.Same(priority, RawSocketOption.Int(LevelSocket, Priority));
    }

    [Fact]
    public async Task Raw_bytes_are_set_and_read_by_number()
    {
        ChannelOption<byte[]> linger = RawSocketOption.Bytes(LevelSocket, LingerName, 8);
        byte[] threeSeconds = [.. BitConverter.GetBytes(1), .. BitConverter.GetBytes(3)];
        await ListenAsync(bootstrap => bootstrap.ChildOption(linger, threeSeconds));
        (_, IChannel channel) = await ConnectAsync();

        Assert.Equal(threeSeconds, channel.Configuration.GetOption(linger));
        Assert.Equal(3, channel.Configuration.GetOption(ChannelOption.SoLinger));
        Assert.Equal(BitConverter.GetBytes(0), channel.Configuration.GetOption(RawSocketOption.Bytes(LevelSocket, Priority, 64)));
    }

    [Fact]
    public async Task A_raw_name_is_set_and_read_by_number()
    {
        if (!IsInternet)
        {
            return;
        }

        // TCP_CONGESTION; reno is in every kernel.
        ChannelOption<byte[]> congestion = RawSocketOption.Bytes(LevelTcp, 13, 16);
        await ListenAsync(bootstrap => bootstrap.ChildOption(congestion, "reno"u8.ToArray()));
        (_, IChannel channel) = await ConnectAsync();

        Assert.StartsWith("reno", Encoding.ASCII.GetString(channel.Configuration.GetOption(congestion)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_raw_option_the_system_has_not_says_its_numbers()
    {
        ChannelOption<int> unknown = RawSocketOption.Int(LevelTcp, 9999);
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();

        AssertNotSupported("RAW_SOCKET_OPTION(6, 9999)", () => channel.Configuration.SetOption(unknown, 1));
        AssertNotSupported("RAW_SOCKET_OPTION(6, 9999)", () => Listener.Configuration.GetOption(unknown));
    }

    [Fact]
    public async Task A_raw_value_the_system_refuses_is_its_own_error()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();

        // One byte where four are due.
        SocketException fault = Assert.Throws<SocketException>(() => channel.Configuration.SetOption(RawSocketOption.Bytes(LevelSocket, Priority, 1), [1]));

        Assert.Equal(SocketError.InvalidArgument, fault.SocketErrorCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_close_with_the_systems_linger_does_not_hold_the_loop(bool inherited)
    {
        byte[] tenMinutes = [.. BitConverter.GetBytes(1), .. BitConverter.GetBytes(600)];
        await ListenAsync(bootstrap => Linger(bootstrap, inherited, tenMinutes));
        Socket peer = NewPeer();
        peer.ReceiveBufferSize = 4096;
        peer.Connect(Listener.LocalAddress);
        IChannel channel = await AcceptedAsync();
        await TurnAsync(channel);
        int lingers = channel.Configuration.GetOption(ChannelOption.SoLinger);
        channel.Configuration.SetOption(ChannelOption.SoSndbuf, 1024 * 1024);

        // All of it is with the system, and the peer never takes it.
        await Within.Reached(channel.WriteAndFlushAsync(Payload.Of(new string('x', 100_000))));
        _ = channel.CloseAsync();
        await Within.Reached(channel.CloseCompletion);
        await TurnAsync(channel);

        // A unix socket inherits nothing.
        Assert.Equal(inherited && !IsInternet ? -1 : 600, lingers);
    }

    [FastOpenFact(1)]
    public async Task A_client_with_fast_open_connects_and_is_heard()
    {
        if (!IsInternet)
        {
            return;
        }

        await ListenAsync();
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Accepted.OnReadComplete = _ => read.TrySetResult();
        Client.OnActive = static context => context.WriteAndFlushAsync(Payload.Of("hello"));
        IChannel client = await NewClientAsync();

        AssertSets(client, ChannelOption.TcpFastopenConnect, true);
        await Within.Reached(client.ConnectAsync(Listener.LocalAddress));
        await Within.Reached(read.Task);

        Assert.Contains("Read hello", Accepted.Events);
        await Within.Reached(client.CloseAsync());
    }

    [FastOpenFact(1)]
    public async Task With_fast_open_on_both_sides_the_first_bytes_come_in_the_SYN_where_the_system_lets_servers_take_them()
    {
        if (!IsInternet)
        {
            return;
        }

        await ListenAsync(static bootstrap => bootstrap.Option(ChannelOption.TcpFastopen, 16));

        // The first connection fetches the cookie, the second uses it.
        IChannel first = await ConnectFastAsync();
        IChannel accepted = await AcceptedAsync();
        await TurnAsync(accepted);
        IChannel second = await ConnectFastAsync();
        IChannel again = await AcceptedAsync();
        await TurnAsync(again);

        // TCP_INFO: the sixth byte has the options; TCPI_OPT_SYN_DATA is 32.
        byte[] about = again.Configuration.GetOption(RawSocketOption.Bytes(LevelTcp, 11, 8));
        Assert.Equal(FastOpenFactAttribute.IsAllowed(3), (about[5] & 32) != 0);
        Assert.Equal(Listener.LocalAddress.ToString(), second.RemoteAddress?.ToString());
        await Within.Reached(first.CloseAsync());
        await Within.Reached(second.CloseAsync());
    }

    private async Task<IChannel> ConnectFastAsync()
    {
        IChannel client = Transport.NewClient();
        client.Pipeline.AddLast(new Recorder { OnActive = static context => context.WriteAndFlushAsync(Payload.Of("hello")) });
        Assert.True(client.Configuration.SetOption(ChannelOption.TcpFastopenConnect, true));
        await Within.Reached(Group.RegisterAsync(client));
        await Within.Reached(client.ConnectAsync(Listener.LocalAddress));
        await TurnAsync(client);
        return client;
    }

    private static void Linger(ServerBootstrap bootstrap, bool inherited, byte[] value)
    {
        if (inherited)
        {
            bootstrap.Option(RawSocketOption.Bytes(LevelSocket, LingerName, 8), value);
        }
        else
        {
            bootstrap.ChildOption(ChannelOption.SoLinger, BitConverter.ToInt32(value, sizeof(int)));
        }
    }

    private static Action<IChannelConfiguration>[] Spoil(string option) => option switch
    {
        "TCP_KEEPIDLE" => Times(ChannelOption.TcpKeepIdle, TimeSpan.Zero, TimeSpan.FromSeconds(32_768), TimeSpan.FromSeconds(-1), TimeSpan.MaxValue),
        "TCP_KEEPINTVL" => Times(ChannelOption.TcpKeepIntvl, TimeSpan.Zero, TimeSpan.FromSeconds(32_767.5)),
        "TCP_KEEPCNT" => Numbers(ChannelOption.TcpKeepCnt, 0, 128),
        "TCP_USER_TIMEOUT" => Times(ChannelOption.TcpUserTimeout, TimeSpan.FromTicks(-1), TimeSpan.FromDays(25)),
        "IP_TTL" => Numbers(ChannelOption.IpTtl, 0, 256, -1),
        "IP_TOS" => Numbers(ChannelOption.IpTos, -4, 256, 1, 255),
        "SO_LINGER" => Numbers(ChannelOption.SoLinger, 65_536),
        "SO_RCVBUF" => Numbers(ChannelOption.SoRcvbuf, -1),
        _ => Numbers(ChannelOption.SoSndbuf, -1),
    };

    private static Action<IChannelConfiguration>[] Times(ChannelOption<TimeSpan> option, params TimeSpan[] values) =>
        [.. values.Select<TimeSpan, Action<IChannelConfiguration>>(value => options => options.SetOption(option, value))];

    private static Action<IChannelConfiguration>[] Numbers(ChannelOption<int> option, params int[] values) =>
        [.. values.Select<int, Action<IChannelConfiguration>>(value => options => options.SetOption(option, value))];

    private static int GetRaw(IChannel channel, int level, int name) => channel.Configuration.GetOption(RawSocketOption.Int(level, name));

    private static void AssertNotSupported(string option, Func<object> act) =>
        Assert.Contains(option, Assert.Throws<NotSupportedException>(act).Message, StringComparison.Ordinal);

    private static void AssertSets<T>(IChannel channel, ChannelOption<T> option, T value)
    {
        Assert.True(channel.Configuration.SetOption(option, value), option.ToString());
        Assert.Equal(value, channel.Configuration.GetOption(option));
    }
}
