using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace DotNetty.Handlers.Tls;

/// <summary>
/// One TLS connection as a state machine over bytes. It knows nothing about channels, never blocks on I/O and calls nobody back:
/// what a call produced stands in the two writers the engine was made with, and in its properties, once the call has returned.
/// Not thread safe; calls may come from different threads only one after the other.
/// </summary>
internal interface ITlsEngine : IDisposable
{
    TlsEngineState State { get; }

    /// <summary>Why <see cref="State"/> is <see cref="TlsEngineState.Failed"/>; null otherwise.</summary>
    Exception? Failure { get; }

    /// <summary>Nothing more will be decrypted: the peer sent close_notify, or its bytes ended.</summary>
    bool IsInputClosed { get; }

    /// <summary>The peer said close_notify: its data is complete. False with a closed input means a truncated stream.</summary>
    bool IsCloseNotifyReceived { get; }

    /// <summary>Our close_notify is in the ciphertext; nothing can be encrypted any more.</summary>
    bool IsOutputClosed { get; }

    /// <summary>Negotiated version; None before the handshake's end.</summary>
    SslProtocols Protocol { get; }

    /// <summary>Negotiated suite; 0 before the handshake's end.</summary>
    TlsCipherSuite CipherSuite { get; }

    /// <summary>What ALPN agreed on; empty when nothing.</summary>
    SslApplicationProtocol ApplicationProtocol { get; }

    /// <summary>The name the client asked for (SNI); empty when it named none.</summary>
    string ServerName { get; }

    /// <summary>The handshake was abbreviated by an earlier session.</summary>
    bool IsSessionReused { get; }

    X509Certificate2? LocalCertificate { get; }

    X509Certificate2? RemoteCertificate { get; }

    /// <summary>Begins the handshake; a client's first flight is then in the ciphertext.</summary>
    void Start();

    /// <summary>Takes bytes from the peer, all of them. The memory is not kept. Not to be called while verification is wanted.</summary>
    void Receive(ReadOnlyMemory<byte> ciphertext);

    /// <summary>The peer's bytes have ended.</summary>
    void ReceiveEnd();

    /// <summary>Does the part of the handshake that may block on the network. To be called on a worker when the state asks for it.</summary>
    void Verify();

    /// <summary>Encrypts application data.</summary>
    /// <exception cref="InvalidOperationException">Not established, or the output is closed.</exception>
    void Send(ReadOnlyMemory<byte> plaintext);

    /// <summary>Says close_notify. Receiving goes on. Nothing happens when not established or said already.</summary>
    void SendClose();

    /// <summary>Ends whatever is under way with <paramref name="cause"/> as the failure. An engine that failed keeps its first cause.</summary>
    void Abort(Exception cause);
}
