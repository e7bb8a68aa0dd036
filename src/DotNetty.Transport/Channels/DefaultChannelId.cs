#nullable disable
using System.Security.Cryptography;

namespace DotNetty.Transport.Channels;

/// <summary>A number drawn once a process, and a counter.</summary>
public sealed class DefaultChannelId : IChannelId, IEquatable<DefaultChannelId>
{
    private static readonly ulong Process = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private static long _last;

    private readonly long _number = Interlocked.Increment(ref _last);

    private DefaultChannelId()
    {
    }

    public static DefaultChannelId NewInstance() => new();

    public string AsShortText() => _number.ToString("x8");

    public string AsLongText() => $"{Process:x16}-{_number:x16}";

    public int CompareTo(IChannelId other) => other switch
    {
        null => 1,
        DefaultChannelId id => _number.CompareTo(id._number),
        _ => string.CompareOrdinal(AsLongText(), other.AsLongText()),
    };

    public bool Equals(DefaultChannelId other) => ReferenceEquals(this, other);

    public override bool Equals(object obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => _number.GetHashCode();

    public override string ToString() => AsShortText();
}
