using System.Globalization;
using System.Net;

namespace EsockdNetty;

/// <summary>A listening socket that whoever started the process made, and handed in: by its descriptor, or by the name systemd knows it by.</summary>
public sealed class InheritedEndPoint : EndPoint
{
    /// <summary>The socket at that descriptor.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below zero.</exception>
    public InheritedEndPoint(int descriptor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(descriptor);
        Descriptor = descriptor;
    }

    /// <summary>The socket of that name: <c>FileDescriptorName=</c> of systemd.socket(5).</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public InheritedEndPoint(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>Its descriptor; null when it is known by name.</summary>
    public int? Descriptor { get; }

    /// <summary>Its name; null when it is known by its descriptor.</summary>
    public string? Name { get; }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is InheritedEndPoint other && other.Descriptor == Descriptor && other.Name == Name;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Descriptor, Name);

    /// <inheritdoc/>
    public override string ToString() => Name ?? Descriptor?.ToString(CultureInfo.InvariantCulture) ?? "";
}
