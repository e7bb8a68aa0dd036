using System.Net;
using System.Net.Sockets;
using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests;

/// <summary>Whatever is wrong with the arguments, the answer is exit code 2 and one line with option, value and remedy.</summary>
public class BadInputTests
{
    [Fact]
    public Task An_unknown_option_is_named() => RefusesAsync(["--colour", "red"], "--colour", "--help");

    [Fact]
    public Task A_bad_value_is_quoted() => RefusesAsync(["--packet", "3"], "--packet", "3", "use raw, 1, 2, 4");

    [Fact]
    public Task An_option_to_come_is_called_so() => RefusesAsync(["--max-rate", "100"], "--max-rate", "not yet available", "leave it out");

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        holder.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        holder.Listen();
        string address = $"tcp://{holder.LocalEndPoint}";

        await RefusesAsync(["--listen", address], "--listen", address, "in use");
    }

    [Fact]
    public async Task Nothing_stays_open_when_the_second_listener_cannot()
    {
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        holder.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        holder.Listen();
        string address = $"tcp://{holder.LocalEndPoint}";

        string output = await RefusesAsync(["--listen", "tcp://127.0.0.1:0", "--listen", address], "--listen", address, "in use");

        Assert.Empty(output);
    }

    [Fact]
    public Task An_unknown_host_is_named() =>
        RefusesAsync(["--listen", "tcp://no-such-host.invalid:5000"], "--listen", "tcp://no-such-host.invalid:5000", "host");

    [Fact]
    public Task An_address_of_another_machine_is_named() =>
        RefusesAsync(["--listen", "tcp://192.0.2.1:5000"], "--listen", "tcp://192.0.2.1:5000", "address");

    [Fact]
    public Task A_folder_that_is_not_there_is_named() =>
        RefusesAsync(["--listen", "unix:///nowhere/echo.sock"], "--listen", "unix:///nowhere/echo.sock", "no such folder");

    [Fact]
    public Task A_missing_certificate_is_named() => RefusesAsync(["--cert", "/nowhere/site.pem"], "--cert", "/nowhere/site.pem", "no such file");

    [Fact]
    public Task A_key_of_another_certificate_is_named() =>
        RefusesAsync(
            ["--listen", "ssl://127.0.0.1:0", "--cert", Certificates.At("server.pem"), "--key", Certificates.ClientKey],
            "--key", Certificates.ClientKey, "no key that belongs");

    [Fact]
    public async Task A_certificate_that_is_none_is_named()
    {
        using var folder = new TemporaryFolder();
        string path = folder.At("site.pem");
        await File.WriteAllTextAsync(path, "no certificate at all");

        await RefusesAsync(["--listen", "ssl://127.0.0.1:0", "--cert", path], "--cert", path);
    }

    [Fact]
    public async Task A_file_in_the_place_of_a_unix_socket_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        string path = folder.At("notes");
        await File.WriteAllTextAsync(path, "of value");

        await RefusesAsync(["--listen", $"unix://{path}"], "--listen", path, "in use");

        Assert.Equal("of value", await File.ReadAllTextAsync(path));
    }

    [PeerFact("setpriv")]
    public async Task A_port_without_permission_is_named()
    {
        // 0 where a container lets anybody bind any port: then the other test stands for the same answer.
        if (await File.ReadAllTextAsync("/proc/sys/net/ipv4/ip_unprivileged_port_start") is "0\n")
            return;

        await RefusesWithoutAsync("net_bind_service", ["--listen", "tcp://127.0.0.1:1"], "--listen", "tcp://127.0.0.1:1", "permi");
    }

    [PeerFact("setpriv")]
    public async Task A_folder_without_permission_is_named()
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string address = $"unix://{folder.At("echo.sock")}";

        await RefusesWithoutAsync("dac_override", ["--listen", address], "--listen", address, "permi");
    }

    private static Task<string> RefusesAsync(string[] arguments, params string[] words) =>
        RefusesAsync("dotnet", [EchoServerProcess.Assembly, .. arguments], words);

    // Root may do anything but for the capabilities it gave away.
    private static Task<string> RefusesWithoutAsync(string capability, string[] arguments, params string[] words)
    {
        string[] dropped = Environment.IsPrivilegedProcess ? ["--bounding-set", $"-{capability}", "--inh-caps", $"-{capability}"] : ["--no-new-privs"];
        return RefusesAsync("setpriv", [.. dropped, "dotnet", EchoServerProcess.Assembly, .. arguments], words);
    }

    private static async Task<string> RefusesAsync(string program, string[] arguments, string[] words)
    {
        await using ChildProgram server = await ChildProgram.RunAsync(program, arguments);

        Assert.True(await server.ExitAsync() == 2, server.ToString());
        string line = Assert.Single(server.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
        return server.Output;
    }
}
