namespace EsockdNetty.Accepting.Overload;

/// <summary>What a loop tells of its rounds. Any thread.</summary>
internal interface IWatchedLoop
{
    string Name { get; }

    /// <summary>Rounds that have ended.</summary>
    long Rounds { get; }

    /// <summary>How long the last one that ended took.</summary>
    TimeSpan LastRound { get; }

    /// <summary>How long the one that is running has taken; zero while the loop waits for work.</summary>
    TimeSpan CurrentRound { get; }

    /// <summary>The longest one that has ended since this was asked before.</summary>
    TimeSpan TakeLongestRound();

    /// <summary>In words, what the loop serves just now.</summary>
    string DescribeWork();
}
