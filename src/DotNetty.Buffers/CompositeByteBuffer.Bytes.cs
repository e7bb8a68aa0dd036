#nullable disable
namespace DotNetty.Buffers;

public partial class CompositeByteBuffer
{
    public override IByteBuffer GetBytes(int index, byte[] dst, int dstIndex, int length)
    {
        ArgumentNullException.ThrowIfNull(dst);
        CheckDstIndex(index, length, dstIndex, dst.Length);
        CopyTo(index, dst.AsSpan(dstIndex, length));
        return this;
    }

    public override IByteBuffer GetBytes(int index, IByteBuffer dst, int dstIndex, int length)
    {
        ArgumentNullException.ThrowIfNull(dst);
        CheckDstIndex(index, length, dstIndex, dst.Capacity);
        while (length > 0)
        {
            var part = Find(index);
            var here = Math.Min(part.End - index, length);
            part.Source.GetBytes(part.ToSource(index), dst, dstIndex, here);
            index += here;
            dstIndex += here;
            length -= here;
        }

        return this;
    }

    public override IByteBuffer GetBytes(int index, Stream destination, int length)
    {
        ArgumentNullException.ThrowIfNull(destination);
        CheckIndex(index, length);
        while (length > 0)
        {
            var part = Find(index);
            var here = Math.Min(part.End - index, length);
            part.Source.GetBytes(part.ToSource(index), destination, here);
            index += here;
            length -= here;
        }

        return this;
    }

    public override void GetBytes(int index, Span<byte> destination)
    {
        CheckIndex(index, destination.Length);
        CopyTo(index, destination);
    }

    public override IByteBuffer SetBytes(int index, byte[] src, int srcIndex, int length)
    {
        ArgumentNullException.ThrowIfNull(src);
        CheckSrcIndex(index, length, srcIndex, src.Length);
        SetSpan(index, src.AsSpan(srcIndex, length));
        return this;
    }

    public override IByteBuffer SetBytes(int index, IByteBuffer src, int srcIndex, int length)
    {
        ArgumentNullException.ThrowIfNull(src);
        CheckSrcIndex(index, length, srcIndex, src.Capacity);
        while (length > 0)
        {
            var part = Find(index);
            var here = Math.Min(part.End - index, length);
            part.Source.SetBytes(part.ToSource(index), src, srcIndex, here);
            index += here;
            srcIndex += here;
            length -= here;
        }

        return this;
    }

    public override async Task<int> SetBytesAsync(int index, Stream src, int length, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(src);
        CheckIndex(index, length);
        var total = 0;
        while (total < length)
        {
            var part = Find(index + total);
            var here = Math.Min(part.End - index - total, length - total);
            var read = await part.Source.SetBytesAsync(part.ToSource(index + total), src, here, cancellationToken).ConfigureAwait(false);
            total += read;
            if (read < here)
                break;
        }

        return total;
    }

    public override IByteBuffer SetZero(int index, int length)
    {
        CheckIndex(index, length);
        while (length > 0)
        {
            var part = Find(index);
            var here = Math.Min(part.End - index, length);
            part.Source.SetZero(part.ToSource(index), here);
            index += here;
            length -= here;
        }

        return this;
    }

    public override IByteBuffer Copy(int index, int length)
    {
        CheckIndex(index, length);
        var copy = NewBuffer(length);
        copy.WriteBytes(this, index, length);
        return copy;
    }

    /// <summary>Retains nothing but the component where the region lies within one.</summary>
    public override IByteBuffer RetainedSlice(int index, int length)
    {
        CheckIndex(index, length);
        return length > 0 && Find(index) is var part && part.Holds(index, length)
            ? part.Source.RetainedSlice(part.ToSource(index), length)
            : base.RetainedSlice(index, length);
    }

    public override ArraySegment<byte> GetIoBuffer(int index, int length)
    {
        CheckIndex(index, length);
        if (length == 0)
            return ArraySegment<byte>.Empty;
        var part = Find(index);
        if (part.Holds(index, length))
            return part.Source.GetIoBuffer(part.ToSource(index), length);

        var copy = new byte[length];
        CopyTo(index, copy);
        return copy;
    }

    public override ArraySegment<byte>[] GetIoBuffers(int index, int length)
    {
        CheckIndex(index, length);
        if (length == 0)
            return [ArraySegment<byte>.Empty];

        var regions = new List<ArraySegment<byte>>(_count);
        AddRegions(regions, index, length);
        return [.. regions];
    }

    internal override void AddRegions(List<ArraySegment<byte>> regions, int index, int length)
    {
        CheckIndex(index, length);
        while (length > 0)
        {
            var part = Find(index);
            var here = Math.Min(part.End - index, length);
            AddRegions(regions, part.Source, part.ToSource(index), here);
            index += here;
            length -= here;
        }
    }

    internal override void SetSpan(int index, ReadOnlySpan<byte> src)
    {
        CheckIndex(index, src.Length);
        while (!src.IsEmpty)
        {
            var part = Find(index);
            var here = Math.Min(part.End - index, src.Length);
            SpanAccess.Set(part.Source, part.ToSource(index), src[..here]);
            index += here;
            src = src[here..];
        }
    }

    internal override int CountRegions(int index, int length)
    {
        EnsureAccessible();
        var count = 0;
        while (length > 0)
        {
            var part = Find(index);
            var here = Math.Min(part.End - index, length);
            count += part.Source is AbstractByteBuffer ours ? ours.CountRegions(part.ToSource(index), here) : part.Source.IoBufferCount;
            index += here;
            length -= here;
        }

        return Math.Max(count, 1);
    }

    internal override Memory<byte> RegionAt(int index, int minimum)
    {
        if (index == Capacity)
            return Memory<byte>.Empty;

        var position = FindPosition(index);
        if (_parts[position].End - index < minimum)
            Consolidate(position, _count - position);
        var part = _parts[position];
        var length = part.End - index;
        if (part.Source is not AbstractByteBuffer ours)
            return part.Source.GetIoBuffer(part.ToSource(index), length);

        // A component may be a composite itself.
        var region = ours.RegionAt(part.ToSource(index), Math.Min(minimum, length));
        return region[..Math.Min(region.Length, length)];
    }

    private void CopyTo(int index, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            var part = Find(index);
            var here = Math.Min(part.End - index, destination.Length);
            part.Source.GetBytes(part.ToSource(index), destination[..here]);
            index += here;
            destination = destination[here..];
        }
    }
}
