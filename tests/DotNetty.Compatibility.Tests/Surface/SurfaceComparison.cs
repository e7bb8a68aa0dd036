namespace DotNetty.Compatibility.Tests.Surface;

/// <summary>
/// Judges whether source that was written against the contract compiles against our types. A gap is one line: the type or member, and in brackets
/// what differs when it is there but not as promised.
/// </summary>
internal sealed class SurfaceComparison
{
    private readonly IReadOnlyList<ApiType> _contract;
    private readonly ILookup<string, ApiType> _ours;

    public SurfaceComparison(IReadOnlyList<ApiType> contract, IEnumerable<ApiType> ours)
    {
        _contract = contract;
        _ours = ours.ToLookup(t => t.Key);
    }

    public IReadOnlyList<string> Gaps() => [.. _contract.SelectMany(GapsOf)];

    /// <summary>Fields of the contract that are properties here, or the other way round: source does not see it, binaries would.</summary>
    public IReadOnlyList<string> Notes() =>
        [.. from type in _contract
            from ours in _ours[type.Key]
            from wanted in type.Members
            where wanted.Kind is MemberKind.Field or MemberKind.Property && type.Kind != "enum"
            from member in ours.Members
            where member.Name == wanted.Name && member.Kind != wanted.Kind && member.Kind is MemberKind.Field or MemberKind.Property
            select $"{type.FullName}.{wanted.Display} is a {member.Kind} here"];

    private IEnumerable<string> GapsOf(ApiType wanted)
    {
        // Nested types of the same name are told apart by what fits best.
        IEnumerable<string>? best = _ours[wanted.Key].Select(ours => GapsBetween(wanted, ours).ToList()).MinBy(gaps => gaps.Count);
        return best ?? [wanted.FullName];
    }

    private IEnumerable<string> GapsBetween(ApiType wanted, ApiType ours)
    {
        IEnumerable<string> ofType = TypeDifferences(wanted, ours).Select(difference => $"{wanted.FullName} [{difference}]");
        IEnumerable<string> ofMembers =
            from member in wanted.Members
            let difference = MemberComparison.Difference(wanted, member, ours)
            where difference is not null
            select $"{wanted.FullName}.{member.Display}{difference}";
        IEnumerable<string> demands = ours.CanBeDerivedFrom ? Demands(wanted, ours).Select(member => $"{wanted.FullName} [must implement {member}]") : [];
        return [.. ofType, .. ofMembers, .. demands];
    }

    private static IEnumerable<string> TypeDifferences(ApiType wanted, ApiType ours)
    {
        if (wanted.Kind != ours.Kind)
            yield return $"is a {ours.Kind}";
        if (wanted.Constraints != ours.Constraints)
            yield return $"constrained to {ours.Constraints}";
        foreach (string missing in wanted.Bases.Except(ours.Bases))
            yield return $"not a {missing}";
        if (wanted.Kind != "class")
            yield break;
        if (ours.IsStatic && !wanted.IsStatic)
            yield return "static";
        else if (ours.IsSealed && wanted.CanBeDerivedFrom)
            yield return "sealed";
        else if (ours.IsAbstract && !wanted.IsAbstract)
            yield return "abstract";
    }

    /// <summary>Members a user's type has to have here that the contract does not ask for: his class or handler would not compile.</summary>
    private IEnumerable<string> Demands(ApiType wanted, ApiType ours)
    {
        if (!wanted.CanBeDerivedFrom)
            return [];

        ApiMember[] asked = [.. Chain(wanted).SelectMany(t => t.Members).Where(m => m.Dispatch == Dispatch.Abstract)];
        return ours.Members
            .Where(m => m.Dispatch == Dispatch.Abstract && !m.IsOfPlatform)
            .Where(m => !asked.Any(a => a.Name == m.Name && a.Arity == m.Arity && a.Parameters.Count == m.Parameters.Count))
            .Select(m => m.Display);
    }

    private IEnumerable<ApiType> Chain(ApiType type) =>
        [type, .. type.Bases.SelectMany(b => _contract.Where(t => t.Name.Split('<')[0] == b.Split('<')[0]))];
}
