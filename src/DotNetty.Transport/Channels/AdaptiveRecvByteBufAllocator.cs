#nullable disable
namespace DotNetty.Transport.Channels;

/// <summary>Receives into buffers that grow at once when one was filled, and shrink after two reads that would have fitted half the size.</summary>
public class AdaptiveRecvByteBufAllocator : DefaultMaxMessagesRecvByteBufAllocator
{
    private readonly int _minimum;
    private readonly int _initial;
    private readonly int _maximum;

    public AdaptiveRecvByteBufAllocator()
        : this(64, 1024, 64 * 1024)
    {
    }

    public AdaptiveRecvByteBufAllocator(int minimum, int initial, int maximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minimum, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(initial, minimum);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, initial);
        _minimum = minimum;
        _initial = initial;
        _maximum = maximum;
    }

    public override IRecvByteBufAllocatorHandle NewHandle() => new AdaptiveHandle(this);

    private sealed class AdaptiveHandle(AdaptiveRecvByteBufAllocator owner) : MaxMessageHandle<AdaptiveRecvByteBufAllocator>(owner)
    {
        private int _size = owner._initial;
        private bool _smallBefore;

        public override int Guess() => _size;

        public override void ReadComplete()
        {
            int bytes = TotalBytesRead();
            if (bytes >= _size)
            {
                _size = (int)Math.Min(Owner._maximum, _size * 2L);
                _smallBefore = false;
            }
            else if (bytes > _size / 2)
            {
                _smallBefore = false;
            }
            else if (_smallBefore)
            {
                _size = Math.Max(Owner._minimum, _size / 2);
                _smallBefore = false;
            }
            else
            {
                _smallBefore = true;
            }
        }
    }
}
