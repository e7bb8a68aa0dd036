using System.Text.Json;
using EsockdNetty.Benchmarks.Subjects;
using EsockdNetty.EndToEndTests;

namespace EsockdNetty.Benchmarks.Tests.Subjects;

/// <summary>What a subject is to who runs it.</summary>
public sealed class SubjectProcessTests
{
    private static readonly ServeOptions Raw = new(Framing.Raw, Tls: false, Loops: 1, AwaitWrites: false);

    [Theory]
    [InlineData("EchoServer epoll")]
    [InlineData("serve esockd-epoll")]
    [InlineData("serve esockd-sockets")]
    [InlineData("Kestrel")]
    [InlineData("Socket loop")]
    public Task A_dotnet_subject_ends_with_0_on_SIGTERM_with_connections_open(string name) => EndsWithZeroAsync(name);

    [NativeTheory]
    [InlineData(NativeServer.Name)]
    public Task The_subject_in_C_ends_with_0_on_SIGTERM_with_connections_open(string name) => EndsWithZeroAsync(name);

    [Theory]
    [InlineData("serve esockd-epoll")]
    [InlineData("serve esockd-sockets")]
    [InlineData("Kestrel")]
    [InlineData("Socket loop")]
    public async Task A_subject_of_this_program_tells_its_figures_when_it_is_asked(string name)
    {
        await using RunningSubject subject = await RunningSubject.StartAsync(name, Raw);

        string answer = await subject.AskAsync("figures");

        Assert.StartsWith("figures {", answer, StringComparison.Ordinal);
        JsonElement figures = JsonDocument.Parse(answer["figures ".Length..]).RootElement;
        Assert.Equal(["allocated", "gen0", "gen1", "gen2", "managedAfterGc"], figures.EnumerateObject().Select(static figure => figure.Name));
        Assert.True(figures.GetProperty("allocated").GetInt64() > 0 && figures.GetProperty("managedAfterGc").GetInt64() > 0, answer);
    }

    [Fact]
    public async Task The_collection_a_figure_starts_is_told_only_by_the_next()
    {
        await using RunningSubject subject = await RunningSubject.StartAsync("Socket loop", Raw);

        int first = Gen2(await subject.AskAsync("figures"));
        int second = Gen2(await subject.AskAsync("figures"));

        Assert.Equal(first + 1, second);
    }

    private static int Gen2(string answer) => JsonDocument.Parse(answer["figures ".Length..]).RootElement.GetProperty("gen2").GetInt32();

    private static async Task EndsWithZeroAsync(string name)
    {
        CancellationToken deadline = Guard.Within(Guard.Program);
        await using RunningSubject subject = await RunningSubject.StartAsync(name, Raw);
        await using EchoPeer peer = await EchoPeer.ConnectAsync(subject, deadline);
        await peer.EchoesAsync([Frames.Of(Framing.Raw, 1)], deadline);

        int exit = await subject.TerminateAsync();

        Assert.Equal(0, exit);
    }
}
