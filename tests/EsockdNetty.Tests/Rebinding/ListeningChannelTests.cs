using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using EsockdNetty.Rebinding;
using EsockdNetty.Statistics;
using EsockdNetty.Tests.Support;

namespace EsockdNetty.Tests.Rebinding;

/// <summary>A server channel that is lost and stopped; the channels are embedded ones, and time passes by hand.</summary>
public sealed class ListeningChannelTests
{
    private readonly ManualTime _time = new();
    private readonly ListLogger _log = new();
    private readonly List<Exception> _failed = [];
    private readonly EmbeddedChannel _lost = new();
    private readonly EmbeddedChannel _next = new();
    private readonly TaskCompletionSource _mayBind = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _binds;

    [Fact]
    public async Task Stopped_in_the_pause_before_a_try_it_neither_waits_nor_tries()
    {
        _mayBind.SetResult();
        ListeningChannel listening = await Lose();

        Stop(listening);

        Assert.Equal(0, _binds);
        Assert.Empty(_failed);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Stopped_while_it_binds_it_closes_what_was_bound()
    {
        ListeningChannel listening = await Lose();
        _time.Advance(TimeSpan.FromSeconds(1));
        Eventually.Equal(1, () => Volatile.Read(ref _binds));

        Task stopped = listening.Stop();
        _mayBind.SetResult();
        RunUntil(stopped);

        Assert.False(_next.Open);
        Assert.Empty(_failed);
    }

    private async Task<ListeningChannel> Lose()
    {
        await _lost.CloseAsync();
        var listening = new ListeningChannel(_lost, Bind, new ListenerCounters(), _log, _time);
        listening.Keep("door", _failed.Add);
        return listening;
    }

    private async Task<IChannel> Bind()
    {
        Interlocked.Increment(ref _binds);
        await _mayBind.Task;
        return _next;
    }

    private void Stop(ListeningChannel listening) => RunUntil(listening.Stop());

    private void RunUntil(Task stopped) => Eventually.Equal(true, () =>
    {
        _lost.RunPendingTasks();
        _next.RunPendingTasks();
        return stopped.IsCompleted;
    });
}
