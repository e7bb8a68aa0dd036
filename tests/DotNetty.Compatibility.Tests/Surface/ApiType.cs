namespace DotNetty.Compatibility.Tests.Surface;

/// <summary>A type as source code sees it, in one form for the contract and for our assemblies.</summary>
internal sealed record ApiType
{
    public required string Namespace { get; init; }

    /// <summary>The name as declared, with its type parameters: <c>FastThreadLocal&lt;T&gt;</c>.</summary>
    public required string Name { get; init; }

    /// <summary>class, struct, interface, enum or delegate.</summary>
    public required string Kind { get; init; }

    public bool IsStatic { get; init; }

    public bool IsAbstract { get; init; }

    public bool IsSealed { get; init; }

    /// <summary>Base class and interfaces; of ours all, of the contract those it names.</summary>
    public IReadOnlyList<string> Bases { get; init; } = [];

    public string Constraints { get; init; } = "";

    public IReadOnlyList<string> TypeParameters { get; init; } = [];

    public IReadOnlyList<ApiMember> Members { get; init; } = [];

    /// <summary>A user may implement or extend it.</summary>
    public bool CanBeDerivedFrom => Kind == "interface" || (Kind == "class" && !IsSealed && Members.Any(m => m.Kind == MemberKind.Constructor));

    public string FullName => $"{Namespace}.{Name}";

    /// <summary>What a type is found by: namespace, last name and number of own type parameters. The contract does not say what a type is nested in.</summary>
    public required string Key { get; init; }
}
