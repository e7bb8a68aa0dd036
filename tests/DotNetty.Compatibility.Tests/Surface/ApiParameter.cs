namespace DotNetty.Compatibility.Tests.Surface;

/// <param name="Type">Canonical, with <c>ref</c>, <c>out</c> or <c>in</c> before it.</param>
/// <param name="Name">As declared: a call may name it.</param>
/// <param name="IsThis">The first parameter of an extension method.</param>
/// <param name="IsParams">An array that a call may spell out.</param>
/// <param name="Default">The default as C# writes it, or null when an argument is required.</param>
internal sealed record ApiParameter(string Type, string Name, bool IsThis, bool IsParams, string? Default)
{
    /// <summary>The type as the contract writes it, for people.</summary>
    public string Written { get; init; } = Type;

    public bool MayBeLeftOut => Default is not null || IsParams;
}
