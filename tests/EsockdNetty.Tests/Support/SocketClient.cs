using System.Net;
using System.Net.Sockets;

namespace EsockdNetty.Tests.Support;

/// <summary>A client that is not ours, over a plain socket.</summary>
internal sealed class SocketClient : IDisposable
{
    private readonly Socket _socket;

    private SocketClient(Socket socket) => _socket = socket;

    public EndPoint LocalAddress => _socket.LocalEndPoint!;

    public static Task<SocketClient> Connect(EndPoint server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        // Blocking: an asynchronous connect is told of a reset that follows at once in place of the connection before it.
        socket.Connect(server);
        return Task.FromResult(new SocketClient(socket));
    }

    /// <summary>Connects and takes what it is given until the server ends the connection.</summary>
    /// <returns>The bytes; null when the connection was reset.</returns>
    public static async Task<byte[]?> ConnectAndReadToEnd(EndPoint server)
    {
        try
        {
            using SocketClient client = await Connect(server);
            return await client.ReadToEnd();
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.ConnectionReset)
        {
            return null;
        }
    }

    /// <summary>Connects and sends a byte.</summary>
    /// <returns>True when it came back; false when the server ended the connection instead.</returns>
    public static async Task<bool> IsServed(EndPoint server)
    {
        try
        {
            using SocketClient client = await Connect(server);
            return await client.IsServed();
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }

    public Task Send(byte[] bytes) => _socket.SendAsync(bytes).WaitAsync(Eventually.Guard);

    public void ShutdownSend() => _socket.Shutdown(SocketShutdown.Send);

    // A plain Dispose may end the stream in order first.
    public void Reset() => _socket.Close(0);

    public async Task<byte[]> ReadToEnd()
    {
        var bytes = new List<byte>();
        byte[] part = new byte[4096];
        while (await _socket.ReceiveAsync(part).WaitAsync(Eventually.Guard) is var count and > 0)
        {
            bytes.AddRange(part[..count]);
        }

        return [.. bytes];
    }

    /// <returns>True when a byte came back; false when the server ended the connection instead.</returns>
    public async Task<bool> IsServed()
    {
        try
        {
            await Send([42]);
            byte[] back = new byte[1];
            return await _socket.ReceiveAsync(back).WaitAsync(Eventually.Guard) == 1 && back[0] == 42;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();
}
