using DotNetty.Buffers;
using DotNetty.Transport.Channels;

namespace EsockdNetty.Accepting;

/// <summary>
/// How a refused connection is closed. In order (<see cref="Close"/>, <see cref="Bytes"/>) takes up to 2 s, and a descriptor as long, where the client has
/// sent something and does not end too: what it sends is read and dropped, as closing over it would reset the connection. At most
/// <see cref="MostLingering"/> connections are refused like that at a time by one accepting socket; those beyond are reset at once.
/// </summary>
public sealed class Refusal
{
    /// <summary>The most refused connections of one accepting socket whose end in order is waited for at a time: 64.</summary>
    public const int MostLingering = 64;

    /// <summary>The most bytes a refusal may send.</summary>
    public const int MostBytes = 512;

    private readonly byte[]? _bytes;

    private Refusal(byte[]? bytes) => _bytes = bytes;

    /// <summary>The client sees a reset; nothing stays behind in the system. The default.</summary>
    public static Refusal Reset { get; } = new(null);

    /// <summary>The client sees the connection end in order (FIN).</summary>
    public static Refusal Close { get; } = new([]);

    /// <summary>The client is sent <paramref name="bytes"/>, once and without waiting, then sees the end (FIN). For listeners without TLS.</summary>
    /// <exception cref="ArgumentException">More than 512 bytes, or none.</exception>
    public static Refusal Bytes(ReadOnlySpan<byte> bytes) => bytes.Length is > 0 and <= MostBytes
        ? new Refusal(bytes.ToArray())
        : throw new ArgumentException($"A refusal sends 1 to {MostBytes} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>In a word, for logs and faults.</summary>
    public override string ToString() => _bytes switch
    {
        null => "reset",
        [] => "close",
        var bytes => $"{bytes.Length} bytes",
    };

    /// <summary>True when the client is sent something first.</summary>
    internal bool SendsBytes => _bytes is { Length: > 0 };

    /// <summary>Closes <paramref name="child"/>; on the loop of the server channel that accepted it.</summary>
    internal void Apply(IChannel server, IChannel child)
    {
        if (_bytes is null || !TryRegister(server, child))
        {
            child.Unsafe.CloseForcibly();
            return;
        }

        if (_bytes.Length > 0)
        {
            child.Write(Unpooled.WrappedBuffer(_bytes));
            child.Flush();
        }

        _ = child.CloseAsync();
        if (child.Open && !LingeringRefusals.Of(server).TryKeep(child))
        {
            child.Unsafe.CloseForcibly();
        }
    }

    // Closing in order takes a loop: the one that accepted it, for as long as that takes.
    private static bool TryRegister(IChannel server, IChannel child)
    {
        if (child.Registered)
        {
            return true;
        }

        child.Configuration.AutoRead = false;
        _ = server.EventLoop.RegisterAsync(child);
        return child.Registered;
    }
}
