using System.Net.Sockets;
using DotNetty.Buffers;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace DotNetty.Transport.TestSupport.Contract;

/// <summary>Options that read back what was set, addresses that outlive the socket, and the accounts of what went over it.</summary>
public abstract class OptionContract<TTransport> : ContractTests<TTransport>
    where TTransport : ITransportUnderTest, new()
{
    [Fact]
    public async Task Every_option_of_a_connection_reads_back_what_was_set()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();
        IChannelConfiguration options = channel.Configuration;

        AssertSets(options, ChannelOption.ConnectTimeout, TimeSpan.FromSeconds(7));
        AssertSets(options, ChannelOption.WriteSpinCount, 5);
        AssertSets(options, ChannelOption.WriteBufferHighWaterMark, 100_000);
        AssertSets(options, ChannelOption.WriteBufferLowWaterMark, 50_000);
        AssertSets(options, ChannelOption.AutoRead, false);
        AssertSets(options, ChannelOption.Allocator, (IByteBufferAllocator)UnpooledByteBufferAllocator.Default);
        AssertSets(options, ChannelOption.RcvbufAllocator, (IRecvByteBufAllocator)new FixedRecvByteBufAllocator(64));
        AssertSets(options, ChannelOption.AllowHalfClosure, true);
        AssertSets(options, ChannelOption.SoLinger, 3);
        AssertSets(options, ChannelOption.SoLinger, -1);
        AssertSets(options, ChannelOption.SoKeepalive, true);
        AssertSets(options, ChannelOption.SoReuseaddr, true);
    }

    [Fact]
    public async Task The_systems_buffers_are_at_least_as_large_as_was_asked_for()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();

        Assert.True(channel.Configuration.SetOption(ChannelOption.SoSndbuf, 16 * 1024));
        Assert.True(channel.Configuration.SetOption(ChannelOption.SoRcvbuf, 16 * 1024));

        // The system doubles what it is asked for.
        Assert.InRange(channel.Configuration.GetOption(ChannelOption.SoSndbuf), 16 * 1024, 64 * 1024);
        Assert.InRange(channel.Configuration.GetOption(ChannelOption.SoRcvbuf), 16 * 1024, 64 * 1024);
    }

    [Fact]
    public async Task No_delay_is_an_option_of_TCP_and_no_error_elsewhere()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();

        Assert.True(channel.Configuration.SetOption(ChannelOption.TcpNodelay, true));

        Assert.Equal(Transport.Family != AddressFamily.Unix, channel.Configuration.GetOption(ChannelOption.TcpNodelay));
    }

    [Fact]
    public async Task Options_of_the_server_channel_read_back_what_was_set()
    {
        await ListenAsync();

        AssertSets(Listener.Configuration, ChannelOption.SoBacklog, 77);
        AssertSets(Listener.Configuration, ChannelOption.AutoRead, false);
        AssertSets(Listener.Configuration, ChannelOption.SoReuseaddr, true);
    }

    [Fact]
    public async Task An_option_the_channel_does_not_have_is_refused_by_false_and_one_out_of_range_by_an_exception()
    {
        await ListenAsync();
        (_, IChannel channel) = await ConnectAsync();

        Assert.False(channel.Configuration.SetOption(ChannelOption.SoBacklog, 5));
        Assert.False(Listener.Configuration.SetOption(ChannelOption.TcpNodelay, true));
        Assert.ThrowsAny<ArgumentException>(() => channel.Configuration.SetOption(ChannelOption.WriteSpinCount, 0));
        Assert.ThrowsAny<ArgumentException>(() => channel.Configuration.SetOption(ChannelOption.WriteBufferHighWaterMark, -1));
    }

    [Fact]
    public async Task Both_sides_agree_on_their_addresses()
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();

        Assert.Equal(peer.RemoteEndPoint!.ToString(), channel.LocalAddress.ToString());
        Assert.Equal(peer.LocalEndPoint?.ToString() ?? string.Empty, channel.RemoteAddress?.ToString() ?? string.Empty);
        Assert.True(((IDescriptorChannel)channel).Descriptor > 0);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("forcibly")]
    [InlineData("end")]
    [InlineData("reset")]
    public async Task Addresses_are_known_after_the_close_although_nobody_asked_before(string end)
    {
        await ListenAsync();
        (Socket peer, IChannel channel) = await ConnectAsync();
        string expected = peer.LocalEndPoint?.ToString() ?? string.Empty;

        switch (end)
        {
            case "close":
                _ = channel.CloseAsync();
                break;
            case "forcibly":
                channel.Unsafe.CloseForcibly();
                break;
            case "end":
                peer.Shutdown(SocketShutdown.Send);
                break;
            default:
                peer.Reset();
                break;
        }

        await Within.Reached(channel.CloseCompletion);

        Assert.Equal(Listener.LocalAddress.ToString(), channel.LocalAddress?.ToString());
        Assert.Equal(expected, channel.RemoteAddress?.ToString() ?? string.Empty);
        Assert.Equal(-1, ((IDescriptorChannel)channel).Descriptor);
    }

    [Fact]
    public async Task Bytes_are_counted_in_both_directions()
    {
        await ListenAsync(handlers: static () => [new Lambda { OnRead = static (context, message) => context.WriteAndFlushAsync(message) }]);
        (Socket peer, IChannel channel) = await ConnectAsync();

        await peer.SendTextAsync("hello");
        await peer.ReceiveTextAsync(5);
        await TurnAsync(channel);

        var counted = (AbstractChannel)channel;
        Assert.Equal((5, 5), (counted.BytesReceived, counted.BytesSent));
    }

    private static void AssertSets<T>(IChannelConfiguration options, ChannelOption<T> option, T value)
    {
        Assert.True(options.SetOption(option, value), option.ToString());
        Assert.Equal(value, options.GetOption(option));
    }
}
