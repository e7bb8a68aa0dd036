using EsockdNetty.Accepting.Overload;

namespace EsockdNetty.Tests.Accepting.Overload;

/// <summary>A loop whose rounds are what a test says.</summary>
internal sealed class FakeLoop : IWatchedLoop
{
    private TimeSpan _longest;

    public string Name => "loop-1";

    public long Rounds { get; private set; }

    public TimeSpan LastRound { get; private set; }

    public TimeSpan CurrentRound { get; set; }

    public int Described { get; private set; }

    public void Turn(double seconds)
    {
        Rounds++;
        LastRound = TimeSpan.FromSeconds(seconds);
        _longest = LastRound > _longest ? LastRound : _longest;
        CurrentRound = TimeSpan.Zero;
    }

    public TimeSpan TakeLongestRound()
    {
        TimeSpan longest = _longest;
        _longest = TimeSpan.Zero;
        return longest;
    }

    public string DescribeWork()
    {
        Described++;
        return "a connection of listener echo with EchoHandler";
    }
}
