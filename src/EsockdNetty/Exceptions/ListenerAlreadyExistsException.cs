namespace EsockdNetty;

/// <summary>The server has a listener of that name.</summary>
public sealed class ListenerAlreadyExistsException : InvalidOperationException
{
    /// <summary>Names the listener.</summary>
    public ListenerAlreadyExistsException(string name, ListenerState state)
        : base($"The listener '{name}' exists already and is {state}: choose another name, or close it first.") =>
        Name = name;

    /// <summary>The name that is taken.</summary>
    public string Name { get; }
}
