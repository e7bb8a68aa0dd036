using System.Net;

namespace DotNetty.Transport.Channels.Local;

/// <summary>The name of an end of a connection within this process. Case and surrounding blanks make no difference.</summary>
public sealed class LocalAddress : EndPoint, IComparable<LocalAddress>, IEquatable<LocalAddress>
{
    /// <summary>Any free name: what is bound to it gets one of its own.</summary>
    public static readonly LocalAddress Any = new("any");

    private static long _ephemeral;

    /// <exception cref="ArgumentException">The name is empty.</exception>
    public LocalAddress(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        Id = id.Trim().ToLowerInvariant();
    }

    /// <summary>The name, in lower case.</summary>
    public string Id { get; }

    /// <summary>A name that nobody had before.</summary>
    internal static LocalAddress Ephemeral() => new($"ephemeral-{Interlocked.Increment(ref _ephemeral)}");

    /// <inheritdoc/>
    public int CompareTo(LocalAddress? other) => string.CompareOrdinal(Id, other?.Id);

    /// <inheritdoc/>
    public bool Equals(LocalAddress? other) => other is not null && Id == other.Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LocalAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Id, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => "local:" + Id;
}
