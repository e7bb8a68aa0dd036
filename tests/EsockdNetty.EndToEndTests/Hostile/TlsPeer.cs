using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>A client of the TLS listener that means well: blocking, and no call takes longer than the guard.</summary>
internal sealed class TlsPeer : IDisposable
{
    private readonly SslStream _tls;

    public TlsPeer(IPEndPoint server, SslProtocols protocol = SslProtocols.None)
    {
        var socket = Connected(server);
        _tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            _tls.AuthenticateAsClient(TlsClient.Options(protocol));
        }
        catch
        {
            _tls.Dispose();
            throw;
        }
    }

    /// <summary>Connects, sends the message and takes it back so many times, and leaves.</summary>
    public static Task EchoOnceAsync(IPEndPoint server, byte[] message, int times = 1) => Task.Run(() =>
    {
        using var peer = new TlsPeer(server);
        for (int i = 0; i < times; i++)
            peer.Echo(message);
    });

    /// <summary>A socket of which no call takes longer than the guard.</summary>
    public static Socket Connected(IPEndPoint server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            SendTimeout = (int)Guard.Event.TotalMilliseconds,
            ReceiveTimeout = (int)Guard.Event.TotalMilliseconds,
        };
        try
        {
            socket.Connect(server);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends the message and takes it back.</summary>
    public void Echo(byte[] message)
    {
        byte[] back = new byte[message.Length];
        _tls.Write(message);
        _tls.ReadExactly(back);
        Assert.Equal(message, back);
    }

    public void Dispose() => _tls.Dispose();
}
