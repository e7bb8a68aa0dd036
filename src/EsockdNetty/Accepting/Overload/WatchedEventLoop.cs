using DotNetty.Common.Concurrency;
using DotNetty.Transport.Channels;
using EsockdNetty.Connections;
using EsockdNetty.Sessions;

namespace EsockdNetty.Accepting.Overload;

/// <summary>A loop with a thread of its own.</summary>
internal sealed class WatchedEventLoop(SingleThreadEventExecutor loop) : IWatchedLoop
{
    public string Name => loop.Name;

    public long Rounds => loop.Rounds;

    public TimeSpan LastRound => loop.Lag;

    public TimeSpan CurrentRound => loop.CurrentRound;

    public TimeSpan TakeLongestRound() => loop.TakeLongestRound();

    public string DescribeWork() => loop.Serving switch
    {
        null => "nothing that it knows of",
        IChannel channel => DescribeChannel(channel),
        var work => $"a task, {work}",
    };

    private static string DescribeChannel(IChannel channel) =>
        ListenerOf(channel) is { } listener
            ? $"a connection of listener {listener} with {string.Join(", ", HandlersOf(channel))}"
            : $"a channel with {string.Join(", ", HandlersOf(channel))}";

    private static string? ListenerOf(IChannel channel) =>
        ((channel as AbstractChannel)?.CloseListener as ConnectionLease)?.Settings is ListenerSettings settings
            ? settings.Name
            : channel.Pipeline.OfType<AcceptMeter>().FirstOrDefault()?.Listener;

    // The application's alone, where it has some: they stand behind the last stage.
    private static IEnumerable<string> HandlersOf(IChannel channel)
    {
        List<IChannelHandler> all = [.. channel.Pipeline];
        int stages = all.FindIndex(static handler => handler is CloseReasonHandler);
        List<IChannelHandler> own = stages >= 0 && all.Count > stages + 1 ? all[(stages + 1)..] : all;
        return own.Select(static handler => handler is SessionRunner session ? session.HandlerName : handler.GetType().Name);
    }
}
