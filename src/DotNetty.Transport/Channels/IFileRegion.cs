#nullable disable
using DotNetty.Common;

namespace DotNetty.Transport.Channels;

/// <summary>A part of a file as a message: sent piece by piece, never in memory as a whole.</summary>
public interface IFileRegion : IReferenceCounted
{
    /// <summary>Where in the file the region begins.</summary>
    long Position { get; }

    /// <summary>The bytes of the region that were transferred already.</summary>
    long Transferred { get; }

    /// <summary>The bytes of the region.</summary>
    long Count { get; }

    /// <summary>Writes what follows byte <paramref name="position"/> of the region to <paramref name="target"/>.</summary>
    /// <returns>The number of bytes written.</returns>
    long TransferTo(Stream target, long position);
}
