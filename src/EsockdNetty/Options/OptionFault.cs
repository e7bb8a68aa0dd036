namespace EsockdNetty;

/// <summary>One wrong value: which option, what it is set to, and what to do.</summary>
/// <param name="Option">The option's path, as in configuration: <c>Listeners:mqtts:Limits:MaxConnections</c>.</param>
/// <param name="Value">What it is set to.</param>
/// <param name="Remedy">What is wrong with that, and what would be right.</param>
public sealed record OptionFault(string Option, object? Value, string Remedy)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Option} is {Value ?? "not set"}: {Remedy}";
}
