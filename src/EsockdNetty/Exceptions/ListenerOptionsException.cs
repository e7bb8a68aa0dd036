namespace EsockdNetty;

/// <summary>Options are wrong: all faults together, each with its option, value and remedy.</summary>
public sealed class ListenerOptionsException : Exception
{
    /// <summary>Lists the faults in the message.</summary>
    public ListenerOptionsException(IReadOnlyList<OptionFault> faults)
        : base(string.Join("; ", faults)) =>
        Faults = faults;

    /// <summary>What is wrong, in the order of the options.</summary>
    public IReadOnlyList<OptionFault> Faults { get; }
}
