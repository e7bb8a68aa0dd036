using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Connections;
using EsockdNetty.Statistics;

namespace EsockdNetty.Tests.Connections;

public sealed class LiveConnectionsTests
{
    private const int Many = 300;

    private readonly LiveConnections _live = new(new ListenerCounters());

    [Fact]
    public async Task Keeps_exactly_those_that_are_not_closed_whatever_the_order()
    {
        var random = new Random(1);
        var living = new List<EmbeddedChannel>();
        for (int i = 0; i < Many * 4; i++)
        {
            bool comes = living.Count == 0 || random.Next(Many) > living.Count - (i < Many * 3 ? 0 : Many);
            if (comes)
            {
                living.Add(Come());
            }
            else
            {
                await Leave(living, random.Next(living.Count));
            }

            Assert.Equal(living.Count, _live.Count);
        }

        Assert.Equal(living.ToHashSet<IChannel>(), _live.All.ToHashSet());
        Assert.Equal(living.Count, _live.Connections.Count());
        while (living.Count > 0)
        {
            await Leave(living, 0);
        }

        Assert.Empty(_live.All);
    }

    [Fact]
    public async Task Shows_those_there_were_when_the_first_was_asked_for()
    {
        var living = new List<EmbeddedChannel> { Come(), Come() };
        using IEnumerator<Connection> shown = _live.Connections.GetEnumerator();
        Assert.True(shown.MoveNext());

        await Leave(living, 1);
        await Leave(living, 0);

        Assert.True(shown.MoveNext());
        Assert.False(shown.MoveNext());
        Assert.Empty(_live.Connections);
    }

    [Fact]
    public async Task Whoever_has_given_up_waiting_is_asked_no_more()
    {
        using var givenUp = new CancellationTokenSource();
        int asked = 0;
        Task waiting = _live.When(_ => ++asked < 0, givenUp.Token);
        await givenUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        Come();

        Assert.Equal(1, asked);
    }

    private EmbeddedChannel Come()
    {
        var channel = new EmbeddedChannel();
        _live.Add(channel);
        return channel;
    }

    private static async Task Leave(List<EmbeddedChannel> living, int place)
    {
        await living[place].CloseAsync();
        living.RemoveAt(place);
    }
}
