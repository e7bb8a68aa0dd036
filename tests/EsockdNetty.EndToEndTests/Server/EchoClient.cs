using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EsockdNetty.EndToEndTests.Server;

/// <summary>A plain client that knows what an echo is.</summary>
internal sealed class EchoClient : IDisposable
{
    private static readonly byte[] Ping = Encoding.ASCII.GetBytes("are you there?");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>A client that has been echoed to.</summary>
    public static async Task<EchoClient> ServedAsync(IPEndPoint server, CancellationToken deadline)
    {
        EchoClient client = await ConnectedAsync(server, deadline);
        if (await client.EchoesAsync(deadline))
            return client;

        client.Dispose();
        throw new InvalidOperationException("connected, then turned away");
    }

    /// <summary>A client that was turned away comes again until it is echoed to, or the time is over.</summary>
    public static async Task<EchoClient> ServedInTheEndAsync(IPEndPoint server, CancellationToken deadline)
    {
        while (true)
        {
            var client = new EchoClient();
            if (await client.ConnectsAsync(server, deadline) && await client.EchoesAsync(deadline))
                return client;

            client.Dispose();
            await Task.Delay(Pause, deadline);
        }
    }

    public static async Task<EchoClient> ConnectedAsync(IPEndPoint server, CancellationToken deadline)
    {
        var client = new EchoClient();
        await client._socket.ConnectAsync(server, deadline);
        return client;
    }

    /// <summary>True when what was sent came back; false when the server ended or reset the connection.</summary>
    public async Task<bool> EchoesAsync(CancellationToken deadline)
    {
        try
        {
            await _socket.SendAsync(Ping, deadline);
            byte[] answer = new byte[Ping.Length];
            for (int come = 0; come < answer.Length;)
            {
                int count = await _socket.ReceiveAsync(answer.AsMemory(come), deadline);
                if (count == 0)
                    return false;
                come += count;
            }

            return answer.AsSpan().SequenceEqual(Ping);
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Waits for the server's FIN: true; a reset or a byte is false.</summary>
    public async Task<bool> EndsAsync(CancellationToken deadline)
    {
        try
        {
            return await _socket.ReceiveAsync(new byte[1], deadline) == 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public void Dispose() => _socket.Dispose();

    // A reset that comes before the answer to connect has been seen is a failure of connect.
    private async Task<bool> ConnectsAsync(IPEndPoint server, CancellationToken deadline)
    {
        try
        {
            await _socket.ConnectAsync(server, deadline);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
