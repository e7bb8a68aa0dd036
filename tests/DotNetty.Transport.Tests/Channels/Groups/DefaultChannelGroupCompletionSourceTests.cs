using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Embedded;
using DotNetty.Transport.Channels.Groups;

namespace DotNetty.Transport.Tests.Channels.Groups;

public sealed class DefaultChannelGroupCompletionSourceTests
{
    private readonly EmbeddedChannel _first = new(DefaultChannelId.NewInstance());
    private readonly EmbeddedChannel _second = new(DefaultChannelId.NewInstance());
    private readonly TaskCompletionSource _firstTask = new();
    private readonly TaskCompletionSource _secondTask = new();
    private readonly DefaultChannelGroupCompletionSource _source;

    public DefaultChannelGroupCompletionSourceTests() =>
        _source = new(new DefaultChannelGroup(null), new Dictionary<IChannel, Task> { [_first] = _firstTask.Task, [_second] = _secondTask.Task }, "state");

    [Fact]
    public void It_ends_well_when_all_have()
    {
        _firstTask.SetResult();
        bool partial = _source.IsPartialSucess();
        _secondTask.SetResult();

        Assert.True(partial);
        Assert.True(_source.IsSucess());
        Assert.False(_source.IsPartialSucess() || _source.IsPartialFailure());
        Assert.Null(_source.Cause);
        Assert.Equal("state", _source.Task.AsyncState);
    }

    [Fact]
    public void It_fails_only_when_all_have_ended_and_says_who_did()
    {
        _firstTask.SetException(new InvalidDataException());
        bool early = _source.Task.IsCompleted;
        _secondTask.SetResult();

        Assert.False(early);
        Assert.True(_source.IsPartialFailure());
        Assert.False(_source.IsSucess());
        KeyValuePair<IChannel, Exception> failure = Assert.Single(_source.Cause);
        Assert.Same(_first, failure.Key);
        Assert.IsType<InvalidDataException>(failure.Value);
    }

    [Fact]
    public void A_cancelled_member_counts_as_failed()
    {
        _firstTask.SetCanceled();
        _secondTask.SetCanceled();

        Assert.False(_source.IsPartialFailure());
        Assert.All(_source.Cause, static failure => Assert.IsType<TaskCanceledException>(failure.Value));
    }

    [Fact]
    public void It_finds_and_enumerates_the_tasks_of_the_members()
    {
        var seen = new List<Task>();
        while (_source.MoveNext())
        {
            seen.Add(_source.Current);
        }

        _source.Reset();

        Assert.Equal([_firstTask.Task, _secondTask.Task], seen);
        Assert.True(_source.MoveNext());
        Assert.Same(_secondTask.Task, _source.Find(_second));
        Assert.Null(_source.Find(new EmbeddedChannel()));
    }

    [Fact]
    public void Of_nobody_it_ends_well_at_once()
    {
        var source = new DefaultChannelGroupCompletionSource(_source.Group, []);

        Assert.True(source.IsSucess());
    }

    [Fact]
    public void An_exception_of_nobody_is_refused() => Assert.Throws<ArgumentException>(static () => new ChannelGroupException([]));
}
