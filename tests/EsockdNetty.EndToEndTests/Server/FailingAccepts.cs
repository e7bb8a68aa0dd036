using System.IO.MemoryMappedFiles;
using EsockdNetty.EndToEndTests.Peers;

namespace EsockdNetty.EndToEndTests.Server;

/// <summary>An EchoServer whose accept(2) fails when it is told to, by a small library loaded before the system's.</summary>
public class FailingAccepts(SocketTransport transport) : IAsyncLifetime, IAsyncDisposable
{
    private const int Orders = 2 * sizeof(int);

    private readonly TemporaryFolder _folder = new();
    private MemoryMappedFile? _file;
    private MemoryMappedViewAccessor? _orders;

    internal EchoServerProcess Server { get; private set; } = null!;

    /// <summary>Failures still to come.</summary>
    public int Left => Math.Max(0, _orders!.ReadInt32(0));

    /// <summary>The next accepts of a connection that waits fail.</summary>
    public void Fail(int errno, int times)
    {
        _orders!.Write(sizeof(int), errno);
        _orders.Write(0, times);
    }

    public Task InitializeAsync() => PeerPrograms.Find("gcc") is null ? Task.CompletedTask : StartAsync();

    public async Task StartAsync()
    {
        await using ChildProgram gcc = await ChildProgram.RunAsync("gcc", "-shared", "-fPIC", "-o", _folder.At("accept_errors.so"), PeerScripts.At("accept_errors.c"), "-ldl");
        Assert.True(await gcc.ExitAsync() == 0, gcc.ToString());

        _file = MemoryMappedFile.CreateFromFile(_folder.At("orders"), FileMode.CreateNew, null, Orders);
        _orders = _file.CreateViewAccessor();
        Server = await EchoServerProcess.PlainWithinAsync(
            [$"LD_PRELOAD={_folder.At("accept_errors.so")}", $"ACCEPT_ERRORS={_folder.At("orders")}"], transport);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
        _orders?.Dispose();
        _file?.Dispose();
        _folder.Dispose();
    }

    /// <summary>On the Linux transport.</summary>
    public sealed class Epoll() : FailingAccepts(SocketTransport.Epoll);

    /// <summary>On .NET's sockets.</summary>
    public sealed class Sockets() : FailingAccepts(SocketTransport.Sockets);
}
