namespace DotNetty.Compatibility.Tests.Surface;

/// <summary>
/// A type as text names it. Namespaces and enclosing types are dropped, since the contract gives some and leaves out others; type parameters become
/// <c>!0</c> (the type's) and <c>!!0</c> (the method's), since their names are free.
/// </summary>
internal sealed record TypeText(string Name, IReadOnlyList<TypeText> Arguments, string Suffix)
{
    /// <summary>The type parameters that this name spells out from first to last segment; only a declaration has them.</summary>
    public IReadOnlyList<string> Declared { get; init; } = [];

    public string Canonical(IReadOnlyList<string> ofType, IReadOnlyList<string> ofMethod) => Rename(ofType, ofMethod) + ArgumentList(a => a.Canonical(ofType, ofMethod)) + Suffix;

    public override string ToString() => Name + ArgumentList(a => a.ToString()) + Suffix;

    private string Rename(IReadOnlyList<string> ofType, IReadOnlyList<string> ofMethod)
    {
        if (Arguments.Count > 0)
            return Name;
        if (ofMethod.Contains(Name))
            return $"!!{ofMethod.ToList().IndexOf(Name)}";
        return ofType.Contains(Name) ? $"!{ofType.ToList().IndexOf(Name)}" : Name;
    }

    private string ArgumentList(Func<TypeText, string> write) => Arguments.Count == 0 ? "" : $"<{string.Join(", ", Arguments.Select(write))}>";
}
