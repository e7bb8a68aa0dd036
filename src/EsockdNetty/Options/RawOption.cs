namespace EsockdNetty;

/// <summary>
/// An option of a listener's sockets by the system's own numbers (setsockopt(2)), as esockd's <c>{raw, Level, Name, Value}</c>: for what
/// <see cref="SocketOptions"/> has no name for. <c>new RawOption(6, 13, "bbr"u8)</c> chooses a congestion control on Linux.
/// </summary>
public sealed class RawOption
{
    private readonly byte[] _value;

    /// <summary>An option whose value is an int, in the byte order of the machine.</summary>
    public RawOption(int level, int name, int value)
        : this(level, name, BitConverter.GetBytes(value))
    {
    }

    /// <summary>An option whose value is bytes, a structure or a name; they are copied.</summary>
    public RawOption(int level, int name, ReadOnlySpan<byte> value)
    {
        Level = level;
        Name = name;
        _value = value.ToArray();
    }

    /// <summary>The protocol whose option it is: on Linux 1 the socket's (SOL_SOCKET), 0 IP's, 41 IPv6's, 6 TCP's.</summary>
    public int Level { get; }

    /// <summary>The option's number there.</summary>
    public int Name { get; }

    /// <summary>Its value, as the system takes it.</summary>
    public ReadOnlyMemory<byte> Value => _value;

    /// <summary>Whose option it is. Default: each accepted connection's.</summary>
    public RawOptionTarget Target { get; init; } = RawOptionTarget.Connections;

    /// <inheritdoc/>
    public override string ToString() => $"({Level}, {Name}) = {Convert.ToHexString(_value)} of {Target}";
}
