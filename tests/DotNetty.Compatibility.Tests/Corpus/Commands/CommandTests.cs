using System.Net.Sockets;
using Acme.Commands;
using Acme.Hosting;
using DotNetty.Buffers;
using DotNetty.Transport.Channels.Embedded;

namespace DotNetty.Compatibility.Tests.Corpus.Commands;

public sealed class CommandTests
{
    private static readonly byte[] Reverse123 = [0xA5, 0x5A, 0, 1, 0, 0, 0, 3, 1, 2, 3, 6];

    [Fact]
    public void A_command_that_comes_byte_by_byte_is_decoded_once()
    {
        var channel = new EmbeddedChannel(new CommandDecoder());

        foreach (byte b in Reverse123)
        {
            channel.WriteInbound(Unpooled.WrappedBuffer([b]));
        }

        Command command = channel.ReadInbound<Command>();
        Assert.Equal((1, 3), (command.Operation, command.Body.Length));
        Assert.Null(channel.ReadInbound<Command>());
        Assert.False(channel.Finish());
    }

    [Fact]
    public void What_is_encoded_is_decoded_again()
    {
        var channel = new EmbeddedChannel(new CommandDecoder(), new CommandEncoder());

        channel.WriteOutbound(new Command(7, [4, 5, 6]));
        channel.WriteInbound(channel.ReadOutbound<IByteBuffer>());

        Command command = channel.ReadInbound<Command>();
        Assert.Equal(7, command.Operation);
        Assert.Equal([4, 5, 6], command.Body);
        Assert.False(channel.Finish());
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [InlineData(new byte[] { 0xA5, 0x5A, 0, 1, 0x7F, 0, 0, 0 })]
    [InlineData(new byte[] { 0xA5, 0x5A, 0, 1, 0, 0, 0, 1, 5, 6 })]
    public void Bad_bytes_are_answered_and_end_the_connection(byte[] bytes)
    {
        var channel = new EmbeddedChannel(new CommandDecoder(), new CommandEncoder(), new CommandHandler());

        channel.WriteInbound(Unpooled.WrappedBuffer(bytes));

        using var answer = new OwnedBuffer(channel.ReadOutbound<IByteBuffer>());
        Assert.Equal(-1, answer.Buffer.GetShort(2));
        Assert.False(channel.Open);
    }

    [Fact]
    public async Task A_peer_is_answered_command_by_command_until_it_says_goodbye()
    {
        var host = new TcpHost(new CommandServerInitializer());
        await Within.Reached(host.StartAsync());
        using var client = new TcpClient();
        await client.ConnectAsync(host.Address).WaitAsync(Within.Guard);
        NetworkStream stream = client.GetStream();

        await stream.WriteAsync((byte[])[.. Reverse123, 0xA5, 0x5A, 0, 2, 0, 0, 0, 2, 20, 22, 42, 0xA5, 0x5A, 0, 9, 0, 0, 0, 0, 0]);
        var received = new MemoryStream();
        await Within.Reached(stream.CopyToAsync(received));

        Assert.Equal(
            [0xA5, 0x5A, 0, 1, 0, 0, 0, 3, 3, 2, 1, 6, 0xA5, 0x5A, 0, 2, 0, 0, 0, 1, 42, 42, 0xA5, 0x5A, 0, 9, 0, 0, 0, 0, 0],
            received.ToArray());
        await Within.Reached(host.StopAsync());
    }
}
