using EsockdNetty.Benchmarks.Subjects;
using EsockdNetty.EndToEndTests;

namespace EsockdNetty.Benchmarks.Tests.Subjects;

/// <summary>Every subject, in every way it is measured: the figure of a server that does something else would be worth nothing.</summary>
public sealed class EchoTests
{
    private const int Big = 100_000;
    private const int BigOfTwoBytes = 60_001;

    public static TheoryData<string, string, bool> DotNetSubjects()
    {
        string[] names = ["EchoServer epoll", "EchoServer sockets", "serve esockd-epoll", "serve esockd-sockets", "Kestrel", "Socket loop"];
        var cases = new TheoryData<string, string, bool>();
        foreach (string name in names)
        {
            foreach (Framing framing in Enum.GetValues<Framing>())
                cases.Add(name, framing.ToString(), false);
            cases.Add(name, nameof(Framing.Packet4), true);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(DotNetSubjects))]
    public Task A_dotnet_subject_sends_back_small_cut_big_and_many_messages(string name, string framing, bool tls) =>
        ConverseAsync(name, new ServeOptions(Enum.Parse<Framing>(framing), tls, Loops: 1, AwaitWrites: false));

    [Theory]
    [InlineData("serve esockd-epoll")]
    [InlineData("serve esockd-sockets")]
    public Task A_subject_that_awaits_its_writes_sends_back_the_same(string name) =>
        ConverseAsync(name, new ServeOptions(Framing.Packet2, Tls: false, Loops: 1, AwaitWrites: true));

    [NativeTheory]
    [InlineData(nameof(Framing.Raw), 1)]
    [InlineData(nameof(Framing.Packet2), 1)]
    [InlineData(nameof(Framing.Packet4), 1)]
    [InlineData(nameof(Framing.Packet4), 3)]
    public Task The_subject_in_C_sends_back_small_cut_big_and_many_messages(string framing, int loops) =>
        ConverseAsync(NativeServer.Name, new ServeOptions(Enum.Parse<Framing>(framing), Tls: false, loops, AwaitWrites: false));

    [NativeTheory(tls: true)]
    [InlineData(nameof(Framing.Raw))]
    [InlineData(nameof(Framing.Packet4))]
    public Task The_subject_in_C_sends_back_the_same_over_TLS(string framing) =>
        ConverseAsync(NativeServer.Name, new ServeOptions(Enum.Parse<Framing>(framing), Tls: true, Loops: 1, AwaitWrites: false));

    private static async Task ConverseAsync(string name, ServeOptions options)
    {
        CancellationToken deadline = Guard.Within(Guard.Program);
        await using RunningSubject subject = await RunningSubject.StartAsync(name, options);
        await using EchoPeer peer = await EchoPeer.ConnectAsync(subject, deadline);

        await peer.EchoesAsync([Frames.Of(options.Framing, 1)], deadline);
        await peer.EchoesAsync(Frames.InOddPieces(Frames.Of(options.Framing, Longest(options.Framing))), deadline);
        if (options.Framing != Framing.Raw)
            await CutFramesAsync(peer, options.Framing, deadline);
        await peer.EchoesAsync([AThousand(options.Framing)], deadline);
    }

    /// <summary>A frame arrives together with the beginning of the next: the echo of the first says that the server has that beginning.</summary>
    private static async Task CutFramesAsync(EchoPeer peer, Framing framing, CancellationToken deadline)
    {
        byte[] first = Frames.Of(framing, 40);
        byte[] second = Frames.Of(framing, Longest(framing));
        for (int beginning = 1; beginning < 8; beginning++)
        {
            await peer.SendAsync((byte[])[.. first, .. second.AsSpan(0, beginning)], deadline);
            await peer.ReceivesAsync(first, deadline);
            await peer.SendAsync(second.AsMemory(beginning), deadline);
            await peer.ReceivesAsync(second, deadline);
        }
    }

    private static int Longest(Framing framing) => framing == Framing.Packet2 ? BigOfTwoBytes : Big;

    /// <summary>Of all lengths from nothing on, in one piece.</summary>
    private static byte[] AThousand(Framing framing) => [.. Enumerable.Range(0, 1000).SelectMany(length => Frames.Of(framing, length))];
}
