using System.Buffers;
using System.Net.Security;

namespace DotNetty.Handlers.Tls;

/// <summary>Makes the engine of one connection over the two writers its output goes to.</summary>
internal delegate ITlsEngine TlsEngineFactory(
    TlsSettings settings, IBufferWriter<byte> plaintext, IBufferWriter<byte> ciphertext, Func<Stream, SslStream>? streamFactory);
