using EsockdNetty.Accepting;
using EsockdNetty.Codecs;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Repository;

/// <summary>What README shows compiles: its first block is an example, the others stand here.</summary>
public sealed class ReadmeTests
{
    private static readonly string[] Blocks = CodeBlocks();

    [Fact]
    public void The_first_code_block_is_the_session_loop_example()
    {
        string example = File.ReadAllText(Path.Combine(Root, "examples", "SessionLoop", "Program.cs"));

        Assert.Equal(example.Trim(), Blocks[0].Trim());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_other_code_blocks_are_compiled_here(int block)
    {
        string own = File.ReadAllText(Path.Combine(Root, "tests", "EsockdNetty.Tests", "Repository", "ReadmeTests.cs"));

        Assert.Contains(WithoutIndent(Blocks[block]), WithoutIndent(own), StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_no_other_code_blocks() => Assert.Equal(3, Blocks.Length);

    [Fact]
    public void Every_row_of_what_happens_when_names_its_tests()
    {
        var table = ReadmeTable.Below("## What happens when …");
        string tests = string.Concat(Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.True(table.Rows >= 14, "The rows are not found.");
        Assert.All(table.Cells(2), Assert.NotEmpty);
        Assert.All(table.Column(2), test => Assert.True(tests.Contains($"Task {test}(", StringComparison.Ordinal) || tests.Contains($"void {test}(", StringComparison.Ordinal), test));
    }

    [Fact]
    public async Task The_listener_of_the_second_code_block_opens_once_its_certificate_is_there()
    {
        await using var server = new SocketServer();

        ListenerOptionsException fault = await Assert.ThrowsAsync<ListenerOptionsException>(() => OpenDevices(server));

        Assert.Contains("site.pem", Assert.Single(fault.Faults).ToString(), StringComparison.Ordinal);
    }

    private static async Task<Listener> OpenDevices(SocketServer server)
    {
        Listener devices = await server.OpenAsync(
            new("devices", "ssl://[::]:8883")
            {
                Packet = PacketType.Two,
                Tls = { Certificate = CertificateSource.Pem("site.pem", "site-key.pem") },
                Limits = { MaxConnections = 50_000, MaxFrame = 64 * 1024 },
                Timeouts = { Idle = TimeSpan.FromMinutes(6) },
            },
            pipeline => pipeline.AddLast(new EchoHandler()));
        return devices;
    }

    [Fact]
    public async Task The_third_code_block_shows_a_listeners_figures()
    {
        await using OneListener server = await OneListener.Open(OneListener.Echo);

        Show(server.Listener);

        Assert.Equal(0, server.Listener.Statistics.Current);
    }

    private static void Show(Listener devices)
    {
        ListenerStatistics now = devices.Statistics;
        Console.WriteLine($"{now.Current} live, {now.Accepted} accepted, {now.BacklogDepth} wait in the kernel, loops lag {now.LoopLag}");
        foreach ((RefusalReason reason, long count) in now.Refused)
        {
            Console.WriteLine($"refused {count}: {reason.Word()}");
        }
    }

    private static string Root
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "EsockdNetty.sln")))
            {
                folder = folder.Parent;
            }

            return folder.FullName;
        }
    }

    private static string[] CodeBlocks()
    {
        string[] parts = File.ReadAllText(Path.Combine(Root, "README.md")).Split("```");
        return [.. parts.Where((part, index) => index % 2 == 1 && part.StartsWith("csharp\n", StringComparison.Ordinal)).Select(part => part["csharp\n".Length..])];
    }

    private static string WithoutIndent(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim())).Trim();
}
