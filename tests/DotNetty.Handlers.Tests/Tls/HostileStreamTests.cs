using System.Diagnostics;
using DotNetty.Buffers;
using DotNetty.Handlers.Tls;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.TestSupport;
using Xunit.Abstractions;

namespace DotNetty.Handlers.Tests.Tls;

/// <summary>Whatever a client sends: the channel is closed or the handshake goes on, and the deadline ends that too.</summary>
public sealed class HostileStreamTests(ITestOutputHelper output) : LeakFreeTests
{
    private const int Batches = 4;
    private const int StreamsABatch = 5_000;
    private const int Megabyte = 1024 * 1024;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public static TheoryData<string, int> Seeds
    {
        get
        {
            var seeds = new TheoryData<string, int>();
            for (int batch = 0; batch < Batches; batch++)
            {
                seeds.Add(Fronts.Tls, batch);
                seeds.Add(Fronts.Sni, batch);
            }

            return seeds;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Mutated_streams_end_in_one_refusal(string front, int seed)
    {
        byte[][] flights =
        [
            RecordedHellos.BothVersions,
            RecordedHellos.Version12,
            ClientHellos.InRecordsOf(60, RecordedHellos.BothVersions),
        ];
        var mutations = new Mutations(new Random(seed), flights);
        var watch = Stopwatch.StartNew();
        int wentOn = 0;

        for (int i = 0; i < StreamsABatch; i++)
        {
            byte[] stream = mutations.Next();
            wentOn += Outlast(front, mutations.Cut(stream), stream) ? 1 : 0;
        }

        output.WriteLine($"{StreamsABatch} streams in {watch.Elapsed}; {wentOn} handshakes went on to the deadline");
        Assert.InRange(wentOn, 1, StreamsABatch - 1);
    }

    [Theory]
    [InlineData(Fronts.Tls)]
    [InlineData(Fronts.Sni)]
    public void A_hello_of_sixteen_megabytes_is_refused_by_its_header(string front)
    {
        var events = new Recorder();
        EmbeddedChannel channel = Fronts.Channel(front, events);

        channel.WriteInbound(Unpooled.WrappedBuffer([22, 3, 1, 64, 0, 1, 255, 255, 255]));

        Assert.False(channel.Open);
        Assert.Equal(TlsHandshakeFailure.ClientHelloTooLarge, Reason(events));
        channel.ReleaseOutbound();
    }

    [Theory]
    [InlineData(Fronts.Tls, 16 * 1024)]
    [InlineData(Fronts.Sni, 16 * 1024)]
    [InlineData(Fronts.Tls, 1)]
    [InlineData(Fronts.Sni, 1)]
    public void A_hello_that_never_ends_is_cut_off_at_the_bound(string front, int record)
    {
        var events = new Recorder();
        EmbeddedChannel channel = Fronts.Channel(front, events);
        byte[] body = new byte[Megabyte];
        byte[] endless = ClientHellos.InRecordsOf(record, [0, 0, 0, 0, 0, 1, 0, 255, 255, .. body]);
        int taken = 0;

        foreach (byte[] part in endless.Chunk(4096).TakeWhile(_ => channel.Open))
        {
            channel.WriteInbound(Unpooled.CopiedBuffer(part));
            taken += part.Length;
        }

        Assert.False(channel.Open);
        Assert.InRange(taken, 1, HandshakeGuard.MaxInput + 4096);
        Assert.Single(events.Events, "refused");
        channel.ReleaseOutbound();
    }

    [Theory]
    [InlineData(Fronts.Tls)]
    [InlineData(Fronts.Sni)]
    public void Empty_records_without_end_are_cut_off_at_the_bound(string front)
    {
        var events = new Recorder();
        EmbeddedChannel channel = Fronts.Channel(front, events);
        byte[] record = [22, 3, 1, 0, 0];
        byte[] many = [.. Enumerable.Repeat(record, 1000).SelectMany(static bytes => bytes)];
        int taken = 0;

        while (channel.Open && taken < Megabyte)
        {
            channel.WriteInbound(Unpooled.CopiedBuffer(many));
            taken += many.Length;
        }

        Assert.False(channel.Open);
        Assert.InRange(taken, 1, HandshakeGuard.MaxInput + many.Length);
        channel.ReleaseOutbound();
    }

    private static TlsHandshakeFailure? Reason(Recorder events) => (events.Completion?.Exception as TlsHandshakeException)?.Reason;

    /// <returns>True when only the deadline ended it.</returns>
    private static bool Outlast(string front, IEnumerable<byte[]> parts, byte[] stream)
    {
        var events = new Recorder();
        EmbeddedChannel channel = Fronts.Channel(front, events);
        foreach (byte[] part in parts)
        {
            if (channel.Open)
            {
                channel.WriteInbound(Unpooled.CopiedBuffer(part));
            }
        }

        bool wentOn = channel.Open;
        channel.AdvanceTimeBy(Deadline);
        channel.ReleaseOutbound();
        channel.CheckException();
        Assert.True(!channel.Open, $"still open: {Convert.ToHexString(stream)}");
        Assert.True(events.Events is ["active", "refused", "inactive"], $"{string.Join(' ', events.Events)}: {Convert.ToHexString(stream)}");
        return wentOn;
    }
}
