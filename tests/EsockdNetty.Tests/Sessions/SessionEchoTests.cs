using System.Buffers.Binary;
using EsockdNetty.Codecs;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Sessions;

public abstract class SessionEchoTests
{
    private static readonly int[] Sizes = [0, 1, 2, 255, 256, 4095, 4096, 4097, 65535, 65536, 200_000, 1024 * 1024];

    protected abstract SocketTransport Transport { get; }

    public static TheoryData<string, int> Framed
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string packet in new[] { "1", "2", "4", "2le", "4le" })
            {
                foreach (int size in Sizes.Where(size => size <= PacketType.Parse(packet).MaxBody))
                {
                    data.Add(packet, size);
                }
            }

            return data;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(65_537)]
    [InlineData(3_000_000)]
    public async Task Raw_bytes_come_back_whatever_their_number(int size)
    {
        await using OneListener server = await Transport.Open(OneListener.Echo);
        using Peer peer = await server.Connect();
        byte[] sent = Bytes(size);

        Task sending = peer.Send(sent);
        byte[] received = await peer.Receive(size);

        await sending;
        Assert.Equal(sent, received);
    }

    [Theory]
    [MemberData(nameof(Framed))]
    public async Task A_packet_comes_back_in_its_frame(string packet, int size)
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options => options.Packet = PacketType.Parse(packet));
        using Peer peer = await server.Connect();
        byte[] frame = Frame(PacketType.Parse(packet), Bytes(size));

        Task sending = peer.Send([.. frame, .. frame]);
        byte[] received = await peer.Receive(2 * frame.Length);

        await sending;
        Assert.Equal([.. frame, .. frame], received);
    }

    [Fact]
    public async Task A_line_comes_back_with_its_end()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options => options.Packet = PacketType.Line);
        using Peer peer = await server.Connect();

        await peer.Send("one\r\ntw"u8.ToArray());
        await peer.Send("o\n"u8.ToArray());

        Assert.Equal("one\r\ntwo\n"u8.ToArray(), await peer.Receive(9));
    }

    [Fact]
    public async Task Frames_that_arrive_byte_by_byte_are_whole_for_the_session()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options => options.Packet = PacketType.Two);
        using Peer peer = await server.Connect();
        byte[] frame = Frame(PacketType.Two, Bytes(20));

        foreach (byte part in frame)
        {
            await peer.Send(part);
        }

        Assert.Equal(frame, await peer.Receive(frame.Length));
    }

    [Fact]
    public async Task Several_sessions_do_not_disturb_each_other()
    {
        await using OneListener server = await Transport.Open(OneListener.Echo, options => options.Packet = PacketType.Two, new SocketServerOptions { Loops = 2 });
        Peer[] peers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.Connect()));

        byte[][] answers = await Task.WhenAll(peers.Select(async (peer, i) =>
        {
            byte[] frames = [.. Enumerable.Range(0, 50).SelectMany(n => Frame(PacketType.Two, [(byte)i, (byte)n]))];
            await peer.Send(frames);
            return await peer.Receive(frames.Length);
        }));

        Assert.All(answers.Select((answer, i) => (answer, i)), answered => Assert.Equal((byte)answered.i, answered.answer[2]));
        Array.ForEach(peers, peer => peer.Dispose());
    }

    private static byte[] Bytes(int size) => [.. Enumerable.Range(0, size).Select(i => (byte)(i * 31))];

    private static byte[] Frame(PacketType type, byte[] body)
    {
        byte[] header = new byte[4];
        if (type.IsLittleEndian)
        {
            BinaryPrimitives.WriteInt32LittleEndian(header, body.Length);
            return [.. header[..type.HeaderLength], .. body];
        }

        BinaryPrimitives.WriteInt32BigEndian(header, body.Length);
        return [.. header[^type.HeaderLength..], .. body];
    }

    public sealed class OnEpoll : SessionEchoTests
    {
        protected override SocketTransport Transport => SocketTransport.Epoll;
    }

    public sealed class OnSockets : SessionEchoTests
    {
        protected override SocketTransport Transport => SocketTransport.Sockets;
    }
}
