using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Groups;
using DotNetty.Transport.Channels.Sockets;
using EsockdNetty.TestSupport;

namespace DotNetty.Transport.Tests.Channels.Sockets;

public sealed class FileRegionWriteTests : LeakFreeTests
{
    private readonly ScriptedChannel _channel = new ScriptedChannel().Started();
    private readonly TemporaryFile _file = new(100_000);

    private ScriptedSocket Socket => _channel.Socket;

    private byte[] SentBytes => [.. Socket.Sends.SelectMany(static send => send)];

    public override void Dispose()
    {
        _channel.Dispose();
        _file.Dispose();
        base.Dispose();
    }

    [Fact]
    public void A_file_goes_in_pieces_between_what_was_written_before_and_after()
    {
        FileStream file = _file.Open();

        _channel.Channel.Write(ScriptedChannel.Bytes("head"));
        Task write = _channel.Channel.WriteAsync(new DefaultFileRegion(file, 0, 100_000));
        _channel.Channel.Write(ScriptedChannel.Bytes("tail"));
        _channel.Channel.Flush();
        _channel.Run();

        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal([.. "head"u8, .. _file.Content, .. "tail"u8], SentBytes);
        Assert.InRange(Socket.Sends.Max(static send => send.Length), 1, 64 * 1024);
        Assert.False(file.CanRead);
    }

    [Fact]
    public void What_a_send_left_over_goes_with_the_next()
    {
        Socket.Answers(TransportResult.Of(1), TransportResult.WouldBlock, TransportResult.Of(40_000));

        Task write = _channel.Channel.WriteAndFlushAsync(new DefaultFileRegion(_file.Open(), 0, 100_000));
        bool early = write.IsCompleted;
        Socket.BecomesWritable();
        _channel.Run();

        Assert.False(early);
        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal(_file.Content, SentBytes);
    }

    [Fact]
    public void Its_size_counts_once_until_it_is_out()
    {
        Socket.Answers(TransportResult.Of(10), TransportResult.WouldBlock);

        _channel.Channel.Write(new DefaultFileRegion(_file.Open(), 0, 100_000));
        _channel.Channel.Flush();
        long pending = _channel.Outbound.TotalPendingWriteBytes();
        bool writable = _channel.Channel.IsWritable;
        Socket.BecomesWritable();
        _channel.Run();

        Assert.Equal(100_000, pending);
        Assert.False(writable);
        Assert.Equal(["Writable False", "Writable True"], _channel.Recorder.Take());
        Assert.Equal(0, _channel.Outbound.TotalPendingWriteBytes());
    }

    [Fact]
    public void A_region_of_nothing_completes()
    {
        Task write = _channel.Channel.WriteAndFlushAsync(new DefaultFileRegion(_file.Open(), 0, 0));

        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal(0, Socket.SendCalls);
    }

    [Fact]
    public void A_file_that_became_too_short_fails_its_write_and_closes()
    {
        FileStream file = _file.Open();
        Socket.Answers(TransportResult.Of(10), TransportResult.WouldBlock);
        Task write = _channel.Channel.WriteAndFlushAsync(new DefaultFileRegion(file, 0, 100_000));

        _file.Truncate(5);
        Socket.BecomesWritable();
        _channel.Run();

        Assert.IsType<EndOfStreamException>(Assert.IsType<ClosedChannelException>(write.Exception?.InnerException).InnerException);
        Assert.False(_channel.Channel.Open);
        Assert.False(file.CanRead);
    }

    [Fact]
    public void One_region_goes_whole_to_every_member_of_a_group()
    {
        using var other = new ScriptedChannel();
        other.Started();
        FileStream file = _file.Open();
        var group = new DefaultChannelGroup(null);
        group.Add(_channel.Channel);
        group.Add(other.Channel);
        other.Socket.Answers(TransportResult.Of(10), TransportResult.WouldBlock);

        Task write = group.WriteAndFlushAsync(new DefaultFileRegion(file, 0, 100_000));
        other.Socket.BecomesWritable();
        other.Run();

        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal(_file.Content, SentBytes);
        Assert.Equal(_file.Content, other.Socket.Sends.SelectMany(static send => send).ToArray());
        Assert.False(file.CanRead);
    }

    [Fact]
    public void A_region_of_another_kind_is_refused()
    {
        Task write = _channel.Channel.WriteAndFlushAsync(new OwnRegion());

        Assert.IsType<NotSupportedException>(write.Exception?.InnerException);
        Assert.True(_channel.Channel.Active);
    }

    [Fact]
    public async Task A_large_file_arrives_at_a_real_client()
    {
        using var large = new TemporaryFile(3_000_000);
        await using RealServer server = await RealServer.StartAsync();
        Socket client = await server.ConnectAsync();
        IChannel channel = await server.AcceptedAsync();

        Task write = channel.WriteAndFlushAsync(new DefaultFileRegion(large.Open(), 0, 3_000_000));
        Task closing = channel.CloseAsync();
        byte[] received = await client.ReceiveToEndAsync();

        Assert.Equal(large.Content, received);
        await Within.Reached(Task.WhenAll(write, closing));
    }

    private sealed class OwnRegion : DotNetty.Common.Utilities.AbstractReferenceCounted, IFileRegion
    {
        public long Position => 0;

        public long Transferred => 0;

        public long Count => 1;

        public long TransferTo(Stream target, long position) => 0;

        public override DotNetty.Common.IReferenceCounted Touch(object hint) => this;

        protected override void Deallocate()
        {
        }
    }
}
