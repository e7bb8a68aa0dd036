#nullable disable
using System.Buffers;
using DotNetty.Common;
using DotNetty.Common.Utilities;

namespace DotNetty.Transport.Channels;

/// <summary>
/// A part of an open file; the last release closes the file. A socket channel reads it on its loop, a piece whenever the peer has taken the one
/// before: a slow disk slows that loop.
/// </summary>
public class DefaultFileRegion : AbstractReferenceCounted, IFileRegion
{
    private const int PieceSize = 64 * 1024;

    private readonly FileStream _file;
    private long _transferred;

    public DefaultFileRegion(FileStream file, long position, long count)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _file = file;
        Position = position;
        Count = count;
    }

    public long Position { get; }

    /// <inheritdoc/>
    /// <remarks>Where the region is on its way to several channels: of the one that is furthest.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 0 or more than <see cref="Count"/>.</exception>
    public long Transferred
    {
        get => Volatile.Read(ref _transferred);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Count);
            Volatile.Write(ref _transferred, value);
        }
    }

    public long Count { get; }

    /// <exception cref="ArgumentOutOfRangeException">The position is not within the region.</exception>
    /// <exception cref="EndOfStreamException">The file ends before the region does.</exception>
    public long TransferTo(Stream target, long pos)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNegative(pos);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pos, Count);
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        long written = 0;
        try
        {
            while (pos + written < Count)
            {
                int read = Read(piece, pos + written);
                target.Write(piece, 0, read);
                written += read;
                Reached(pos + written);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        return written;
    }

    public override IReferenceCounted Touch(object hint) => this;

    /// <summary>Reads what follows byte <paramref name="offset"/> of the region, as much as there is room for.</summary>
    /// <exception cref="EndOfStreamException">The file ends before the region does.</exception>
    internal int Read(Span<byte> piece, long offset)
    {
        int wanted = (int)Math.Min(piece.Length, Count - offset);
        int read = RandomAccess.Read(_file.SafeFileHandle, piece[..wanted], Position + offset);
        return read > 0 ? read : throw new EndOfStreamException($"The file {_file.Name} ends at byte {Position + offset}; {Count - offset} more were to be sent.");
    }

    /// <summary>The bytes before <paramref name="offset"/> have left.</summary>
    internal void Reached(long offset)
    {
        if (offset > Transferred)
        {
            Volatile.Write(ref _transferred, offset);
        }
    }

    protected override void Deallocate() => _file.Dispose();
}
