#nullable disable
namespace DotNetty.Buffers;

public partial class CompositeByteBuffer
{
    /// <summary>Where a buffer's bytes are in the composite.</summary>
    private struct Component(IByteBuffer source, int shift, int length)
    {
        private IByteBuffer _view;

        /// <summary>The buffer as it was handed over; the composite holds its reference.</summary>
        internal readonly IByteBuffer Source => source;

        /// <summary>Where the component's first byte is in the source.</summary>
        internal int Shift { get; private set; } = shift;

        internal int Length { get; private set; } = length;

        /// <summary>Where the component's first byte is in the composite.</summary>
        internal int Offset { get; set; }

        internal readonly int End => Offset + Length;

        /// <summary>The component as a buffer of its own.</summary>
        internal IByteBuffer View => _view ??= source.Slice(Shift, Length);

        internal readonly bool Holds(int index, int count) => index >= Offset && index + count <= End;

        internal readonly int ToSource(int index) => index - Offset + Shift;

        internal void CutFront(int count)
        {
            Shift += count;
            Length -= count;
            _view = null;
        }

        internal void CutBack(int count)
        {
            Length -= count;
            _view = null;
        }
    }
}
