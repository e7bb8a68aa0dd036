using EsockdNetty.Codecs;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Repository;

/// <summary>What README shows compiles: its first block is an example, its second stands here.</summary>
public sealed class ReadmeTests
{
    private static readonly string[] Blocks = CodeBlocks();

    [Fact]
    public void The_first_code_block_is_the_session_loop_example()
    {
        string example = File.ReadAllText(Path.Combine(Root, "examples", "SessionLoop", "Program.cs"));

        Assert.Equal(example.Trim(), Blocks[0].Trim());
    }

    [Fact]
    public void The_second_code_block_is_compiled_here()
    {
        string own = File.ReadAllText(Path.Combine(Root, "tests", "EsockdNetty.Tests", "Repository", "ReadmeTests.cs"));

        Assert.Contains(WithoutIndent(Blocks[1]), WithoutIndent(own), StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_no_other_code_blocks() => Assert.Equal(2, Blocks.Length);

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
