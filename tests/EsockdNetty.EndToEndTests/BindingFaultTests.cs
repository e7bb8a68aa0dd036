using System.Net;
using System.Net.Sockets;
using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests;

/// <summary>An address that cannot be listened on: exit code 2 and one line with option, value and remedy, whatever carries the bytes.</summary>
public abstract class BindingFaultTests(SocketTransport transport)
{
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
    public Task An_address_of_another_machine_is_named() =>
        RefusesAsync(["--listen", "tcp://192.0.2.1:5000"], "--listen", "tcp://192.0.2.1:5000", "address");

    [Fact]
    public Task A_folder_that_is_not_there_is_named() =>
        RefusesAsync(["--listen", "unix:///nowhere/echo.sock"], "--listen", "unix:///nowhere/echo.sock", "no such folder");

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

        await WithoutAsync("net_bind_service", ["--listen", "tcp://127.0.0.1:1"], "--listen", "tcp://127.0.0.1:1", "permi");
    }

    [PeerFact("setpriv")]
    public async Task A_folder_without_permission_is_named()
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string address = $"unix://{folder.At("echo.sock")}";

        await WithoutAsync("dac_override", ["--listen", address], "--listen", address, "permi");
    }

    private Task<string> RefusesAsync(string[] arguments, params string[] words) =>
        RefusedStart.OfAsync([.. EchoServerProcess.ArgumentsOf(transport), .. arguments], words);

    private Task<string> WithoutAsync(string capability, string[] arguments, params string[] words) =>
        RefusedStart.WithoutAsync(capability, [.. EchoServerProcess.ArgumentsOf(transport), .. arguments], words);

    public sealed class OnEpoll() : BindingFaultTests(SocketTransport.Epoll);

    public sealed class OnSockets() : BindingFaultTests(SocketTransport.Sockets);
}
