using System.Buffers.Binary;
using System.Security.Authentication;
using EsockdNetty.Connections;
using EsockdNetty.EndToEndTests.Server;
using EsockdNetty.HostileHost;
using Xunit.Abstractions;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>A ClientHello that does not end: 16 MiB of records, or as much of them as the server takes.</summary>
[Collection(MeasuringCollection.Name)]
public abstract class BigHelloTests(SocketTransport transport, ITestOutputHelper output)
{
    private const int Length = 16 * 1024 * 1024;
    private const int Peers = 8;

    /// <summary>256 KiB of handshake, what one read brings on top of it, and what is read and dropped behind the answer.</summary>
    private const int MostAccepted = (256 + 64 + 128) * 1024;

    /// <summary>What one peer's handshake may hold at a time, and the loops' own.</summary>
    private const int MostHeld = 1024 * 1024;

    /// <summary>A quarter of what was sent to it.</summary>
    private const int MostRssGrowth = Length * Peers / 4;

    private const double MostProcessorSecondsEach = 1;
    private const int MostRecord = 16 * 1024;

    private static readonly byte[] Message = "and I am brief"u8.ToArray();

    [Fact]
    public Task Sixteen_MiB_announced_are_refused() => RefusesAsync(Hello(0xFFFFFF), MostRecord);

    [Fact]
    public Task Nor_are_they_taken_where_less_was_announced() => RefusesAsync(Hello(64 * 1024), MostRecord);

    [Fact]
    public Task Records_of_one_byte_are_no_way_in() => RefusesAsync(Hello(64 * 1024), 1);

    [Fact]
    public Task Records_of_none_are_no_way_in() => RefusesAsync(Hello(64 * 1024), 0);

    [Fact]
    public Task A_hello_and_then_no_end_of_it_is_no_way_in() => RefusesAsync(TlsClient.Hello(SslProtocols.Tls13)[5..], MostRecord);

    private async Task RefusesAsync(byte[] start, int recordLength)
    {
        await using HostileServer server = await HostileServer.StartAsync(transport, ServerKind.Pipeline, "address=ssl://127.0.0.1:0");
        await TlsPeer.EchoOnceAsync(server.EndPoint, Message);
        Figures before = await server.UntilAsync(static now => now is { Accepted: 1, Connections: 0, Live: 0 });
        await server.MarkAsync();
        double processorBefore = ProcessFigures.ProcessorSeconds(server.Id);

        for (int i = 0; i < Peers; i++)
            await Task.Run(() => SendAll(server, start, recordLength));
        Figures after = await server.UntilAsync(static now => now is { Accepted: 1 + Peers, Connections: 0, Live: 0, Pending: 0 });
        double processor = ProcessFigures.ProcessorSeconds(server.Id) - processorBefore;
        await TlsPeer.EchoOnceAsync(server.EndPoint, Message);

        output.WriteLine($"processor {processor:0.00} s\nbefore {before}\nafter {after}");
        Assert.Equal(Peers, after.HandshakesFailed);
        Assert.Equal(Peers, after.ClosedFor(CloseReason.HandshakeFailed));
        Assert.InRange(after.BytesReceived - before.BytesReceived, 0, Peers * MostAccepted);
        Assert.InRange(after.MostBytesHeld - before.BytesHeld, 0, MostHeld);
        Assert.InRange(after.MostRss - before.Rss, 0, MostRssGrowth);
        Assert.InRange(processor, 0, Peers * MostProcessorSecondsEach);
        Assert.Empty(server.Errors);
    }

    private static void SendAll(HostileServer server, byte[] start, int recordLength)
    {
        using var peer = new RawPeer(server.EndPoint);
        byte[] record = Record(recordLength);
        byte[] records = Frame.Repeated(record, MostRecord / record.Length + 1);
        Assert.False(peer.Flood([.. Records(start, recordLength)], 1) && peer.Flood(records, Length / records.Length), "the server took it all");
    }

    /// <summary>A handshake message of the kind ClientHello that announces so many bytes, and begins as one does.</summary>
    private static byte[] Hello(int announced)
    {
        byte[] hello = new byte[64];
        BinaryPrimitives.WriteInt32BigEndian(hello, announced);
        hello[0] = 1;
        hello[4] = hello[5] = 3;
        return hello;
    }

    // The first must hold a byte: a record of none tells no message.
    private static IEnumerable<byte> Records(byte[] content, int length) =>
        content.Chunk(Math.Max(1, length)).SelectMany(static part => (byte[])[22, 3, 1, (byte)(part.Length >> 8), (byte)part.Length, .. part]);

    private static byte[] Record(int length)
    {
        byte[] record = new byte[5 + length];
        record[0] = 22;
        record[1] = 3;
        record[2] = 1;
        BinaryPrimitives.WriteUInt16BigEndian(record.AsSpan(3), (ushort)length);
        return record;
    }

    public sealed class OnEpoll(ITestOutputHelper output) : BigHelloTests(SocketTransport.Epoll, output);

    public sealed class OnSockets(ITestOutputHelper output) : BigHelloTests(SocketTransport.Sockets, output);
}
