using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace EsockdNetty.Tests.Support;

/// <summary>A TLS client whose last flight of the handshake and first data leave in one piece.</summary>
internal sealed class CoalescingPeer : IDisposable
{
    private readonly Socket _socket;
    private readonly HoldingStream _holding;
    private readonly SslStream _tls;
    private readonly SslProtocols _version;

    private CoalescingPeer(Socket socket, SslProtocols version)
    {
        _socket = socket;
        _version = version;
        _holding = new HoldingStream(new NetworkStream(socket));
        _tls = new SslStream(_holding);
    }

    public static async Task<CoalescingPeer> Connect(Listener listener, SslProtocols version)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.Address.EndPoint).WaitAsync(Eventually.Guard);
        return new CoalescingPeer(socket, version);
    }

    public async Task HandshakeAndSend(byte[] bytes)
    {
        // In 1.3 the client's last flight ends its handshake; in 1.2 the server answers it, so it cannot be held.
        _holding.HoldFrom = _version == SslProtocols.Tls13 ? 2 : int.MaxValue;
        await _tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = _version,
            CertificateChainPolicy = TestCertificates.ChainPolicy(),
        }).WaitAsync(Eventually.Guard);
        await _tls.WriteAsync(bytes);
        await _holding.Release().WaitAsync(Eventually.Guard);
    }

    public async Task<byte[]> Receive(int count)
    {
        byte[] bytes = new byte[count];
        await _tls.ReadExactlyAsync(bytes).AsTask().WaitAsync(Eventually.Guard);
        return bytes;
    }

    public void Dispose()
    {
        _tls.Dispose();
        _socket.Dispose();
    }

    /// <summary>Keeps what is written from the n-th write on until it is released.</summary>
    private sealed class HoldingStream(Stream inner) : Stream
    {
        private readonly MemoryStream _held = new();
        private int _writes;

        public int HoldFrom { get; set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public async Task Release()
        {
            HoldFrom = int.MaxValue;
            await inner.WriteAsync(_held.ToArray());
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (++_writes >= HoldFrom)
            {
                _held.Write(buffer.Span);
            }
            else
            {
                await inner.WriteAsync(buffer, cancellationToken);
            }
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
