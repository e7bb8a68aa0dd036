#nullable disable

namespace DotNetty.Handlers.Tls;

/// <summary>The user event a TLS handler fires once when its handshake has ended, well or not.</summary>
public sealed class TlsHandshakeCompletionEvent
{
    public static readonly TlsHandshakeCompletionEvent Success = new();

    /// <summary>A handshake that failed with <paramref name="exception"/>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is null; use <see cref="Success"/>.</exception>
    public TlsHandshakeCompletionEvent(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Exception = exception;
    }

    private TlsHandshakeCompletionEvent()
    {
    }

    public bool IsSuccessful => Exception == null;

    /// <summary>Why it failed; null when it did not.</summary>
    public Exception Exception { get; }

    public override string ToString() => IsSuccessful ? "TlsHandshakeCompletionEvent(SUCCESS)" : $"TlsHandshakeCompletionEvent({Exception})";
}
