namespace EsockdNetty;

/// <summary>The server has a listener of that name: one that runs, or one that is closed and may be opened again.</summary>
public sealed class ListenerAlreadyExistsException : InvalidOperationException
{
    /// <summary>Names the listener.</summary>
    public ListenerAlreadyExistsException(string name, ListenerState state)
        : base($"The listener '{name}' {Describe(state)}.")
    {
        Name = name;
        State = state;
    }

    /// <summary>The name that is taken.</summary>
    public string Name { get; }

    /// <summary>What the listener of that name does: Closed and Failed ones keep their names to be opened again.</summary>
    public ListenerState State { get; }

    private static string Describe(ListenerState state) => state switch
    {
        ListenerState.Closed => "is defined already and closed: open it again by ReopenAsync, or take it away by RemoveAsync first",
        ListenerState.Failed => "is defined already and has failed: listen again by ResumeAsync, or take it away by RemoveAsync first",
        _ => $"is running already ({state}): choose another name, or take it away by RemoveAsync first",
    };
}
