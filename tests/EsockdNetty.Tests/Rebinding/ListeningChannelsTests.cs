using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Rebinding;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EsockdNetty.Tests.Rebinding;

/// <summary>Which acceptor binds when and how; the channels are embedded ones.</summary>
public sealed class ListeningChannelsTests
{
    private static readonly IPEndPoint Asked = new(IPAddress.Loopback, 0);

    private readonly List<(int Acceptor, EndPoint EndPoint, PortUse Use)> _binds = [];
    private readonly List<IChannel> _bound = [];
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int _most = int.MaxValue;

    [Fact]
    public async Task One_acceptor_has_its_port_alone()
    {
        await Open(1);

        Assert.Equal([(0, Asked, PortUse.Alone)], Binds());
    }

    [Fact]
    public async Task The_first_takes_the_port_alone_and_the_others_join_where_it_was_bound()
    {
        ListeningChannels channels = await Open(3);

        Assert.Equal([(0, Asked, PortUse.First), (1, channels.LocalAddress, PortUse.Joining), (2, channels.LocalAddress, PortUse.Joining)], Binds());
        Assert.All(channels.Current, static channel => Assert.True(channel.Configuration.AutoRead));
    }

    [Fact]
    public async Task None_accepts_before_all_are_bound()
    {
        bool[] reading = [];
        await ListeningChannels.Open(2, Asked, BindAndLook, new ListenerCounters(), NullLogger.Instance, new HandTime());

        Assert.Equal([false], reading);

        Task<IChannel> BindAndLook(int acceptor, EndPoint endPoint, PortUse use)
        {
            reading = [.. _bound.Select(static channel => channel.Configuration.AutoRead)];
            return Bind(acceptor, endPoint, use);
        }
    }

    [Fact]
    public async Task Nothing_is_left_of_an_open_that_fails_half_way()
    {
        _most = 2;

        await Assert.ThrowsAsync<BindException>(() => Open(3));

        Assert.Equal([false, false], _bound.Select(static channel => channel.Open));
    }

    [Fact]
    public async Task One_that_is_lost_joins_those_that_live()
    {
        ListeningChannels channels = await Open(3);
        channels.Keep("door", _failed.SetResult);

        await channels.Current[0].CloseAsync();
        Eventually.Equal(4, () => Binds().Count);

        Assert.Equal((0, channels.LocalAddress, PortUse.Joining), Binds()[^1]);
        Eventually.Equal(true, () => channels.Current[0].Configuration.AutoRead);
        Stop(channels);
    }

    [Fact]
    public async Task After_the_loss_of_all_the_first_to_come_back_takes_the_port_alone_again()
    {
        ListeningChannels channels = await Open(2);
        await Task.WhenAll(channels.Current.Select(static channel => channel.CloseAsync()));

        channels.Keep("door", _failed.SetResult);
        Eventually.Equal(4, () => Binds().Count);

        Assert.Equal([PortUse.First, PortUse.Joining], Binds().Skip(2).Select(static bind => bind.Use));
        Stop(channels);
    }

    // Two that came back at the same time both wanted the port alone, and one of them failed: it did not see the other yet.
    [Fact]
    public async Task One_that_is_back_is_seen_before_the_turn_of_the_next()
    {
        var seen = new ConcurrentQueue<bool>();
        ListeningChannels channels = await Open(2, listening => seen.Enqueue(listening.Current.All(static channel => channel.Open)));
        channels.Keep("door", _failed.SetResult);

        await channels.Current[0].CloseAsync();
        Eventually.Equal(2, () => seen.Count);

        Assert.Equal([true, true], seen);
        Stop(channels);
    }

    [Fact]
    public async Task When_one_gives_up_all_end_and_it_is_told_once()
    {
        ListeningChannels channels = await Open(3);
        _most = 3;
        channels.Keep("door", _failed.SetResult);

        await channels.Current[1].CloseAsync();

        Assert.IsType<ListenerFailedException>(await _failed.Task.WaitAsync(Eventually.Guard));
        Eventually.Equal(0, () =>
        {
            RunLoops();
            return channels.Current.Count(static channel => channel.Open);
        });
        Stop(channels);
    }

    private Task<ListeningChannels> Open(int acceptors, Action<ListeningChannels>? listening = null) =>
        ListeningChannels.Open(acceptors, Asked, Bind, new ListenerCounters(), NullLogger.Instance, new HandTime(), channels =>
        {
            listening?.Invoke(channels);
            return Task.CompletedTask;
        });

    private Task<IChannel> Bind(int acceptor, EndPoint endPoint, PortUse use)
    {
        lock (_binds)
        {
            _binds.Add((acceptor, endPoint, use));
            if (_bound.Count == _most)
            {
                throw new BindException("door", "tcp://127.0.0.1:1", SocketError.AddressAlreadyInUse);
            }

            var channel = new EmbeddedChannel();
            channel.Configuration.AutoRead = false;
            _bound.Add(channel);
            return Task.FromResult<IChannel>(channel);
        }
    }

    private void Stop(ListeningChannels channels)
    {
        Task stopped = channels.Stop();
        Eventually.Equal(true, () =>
        {
            RunLoops();
            return stopped.IsCompleted;
        });
    }

    private void RunLoops()
    {
        lock (_binds)
        {
            _bound.ForEach(static channel => ((EmbeddedChannel)channel).RunPendingTasks());
        }
    }

    private List<(int Acceptor, EndPoint EndPoint, PortUse Use)> Binds()
    {
        lock (_binds)
        {
            return [.. _binds];
        }
    }
}
