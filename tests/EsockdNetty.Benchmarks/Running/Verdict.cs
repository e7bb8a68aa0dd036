namespace EsockdNetty.Benchmarks.Running;

/// <summary>What an interval says of a budget.</summary>
internal enum Verdict
{
    /// <summary>There is no budget.</summary>
    None,

    /// <summary>The whole interval lies within.</summary>
    Within,

    /// <summary>The whole interval lies above.</summary>
    Missed,

    /// <summary>The budget lies inside the interval, or there were too few rounds.</summary>
    Undecided,
}
