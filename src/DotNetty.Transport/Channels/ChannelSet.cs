#nullable disable
using System.Collections;

namespace DotNetty.Transport.Channels;

/// <summary>
/// The channels of one loop, dense and in no order; each knows its place, so that coming, going and keeping cost next to nothing. On the loop only.
/// </summary>
internal sealed class ChannelSet : IReadOnlyCollection<IChannel>
{
    private const int FewestPlaces = 16;

    private AbstractChannel[] _channels = new AbstractChannel[FewestPlaces];

    public int Count { get; private set; }

    public void Add(AbstractChannel channel)
    {
        if (Count == _channels.Length)
        {
            Array.Resize(ref _channels, Count * 2);
        }

        channel.LoopPlace = Count;
        _channels[Count++] = channel;
    }

    /// <summary>The last one takes its place. One that is not here is left alone.</summary>
    public void Remove(AbstractChannel channel)
    {
        int place = channel.LoopPlace;
        if (place >= Count || _channels[place] != channel)
        {
            return;
        }

        AbstractChannel last = _channels[--Count];
        _channels[place] = last;
        last.LoopPlace = place;
        _channels[Count] = null;
        if (Count < _channels.Length / 4 && _channels.Length > FewestPlaces)
        {
            Array.Resize(ref _channels, _channels.Length / 2);
        }
    }

    public AbstractChannel[] ToArray() => _channels.AsSpan(0, Count).ToArray();

    public IEnumerator<IChannel> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return _channels[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
