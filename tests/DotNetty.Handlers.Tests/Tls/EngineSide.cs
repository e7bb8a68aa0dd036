using DotNetty.Handlers.Tls;

namespace DotNetty.Handlers.Tests.Tls;

/// <summary>One engine with its two sinks.</summary>
internal sealed class EngineSide
{
    public EngineSide(TlsSettings settings) => Engine = new SslStreamEngine(settings, Plaintext, Ciphertext);

    public SslStreamEngine Engine { get; }

    public ByteSink Plaintext { get; } = new();

    public ByteSink Ciphertext { get; } = new();

    public TlsEngineState State => Engine.State;

    /// <summary>Serves the engine from a stream until either has ended.</summary>
    public async Task PumpAsync(Stream stream)
    {
        byte[] buffer = new byte[64 * 1024];
        while (State != TlsEngineState.Failed && !Engine.IsInputClosed)
        {
            await stream.WriteAsync(Ciphertext.Take());
            int count = await stream.ReadAsync(buffer);
            if (count == 0)
            {
                Engine.ReceiveEnd();
            }
            else
            {
                Engine.Receive(buffer.AsMemory(0, count));
            }
        }

        await stream.WriteAsync(Ciphertext.Take());
    }
}
