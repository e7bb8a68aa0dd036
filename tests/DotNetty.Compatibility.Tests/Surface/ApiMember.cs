namespace DotNetty.Compatibility.Tests.Surface;

internal enum MemberKind
{
    Constructor,
    Method,
    Property,
    Field,
}

internal enum Dispatch
{
    None,
    Abstract,
    Virtual,
}

/// <summary>A member as source code sees it. Types are written canonically, see <see cref="TypeText"/>.</summary>
internal sealed record ApiMember
{
    public required MemberKind Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>Name and parameters as a reader of the list of gaps would write them.</summary>
    public required string Display { get; init; }

    public int Arity { get; init; }

    public bool IsStatic { get; init; }

    public bool IsProtected { get; init; }

    public Dispatch Dispatch { get; init; }

    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>What a method returns, or the type of a property or field.</summary>
    public string Type { get; init; } = "void";

    public string Constraints { get; init; } = "";

    public bool CanRead { get; init; }

    public bool CanWrite { get; init; }

    /// <summary>The value of a constant as C# writes it, or null.</summary>
    public string? Constant { get; init; }

    /// <summary>Declared by .NET itself: whoever derives knows it.</summary>
    public bool IsOfPlatform { get; init; }

    /// <summary>It says what may be null.</summary>
    public bool IsAnnotated { get; init; }

    public bool IsConversion => Name is "op_Implicit" or "op_Explicit";

    public bool HasParameters(ApiMember other) => Parameters.Select(p => p.Type).SequenceEqual(other.Parameters.Select(p => p.Type));
}
