namespace DotNetty.Compatibility.Tests.Surface;

/// <summary>Finds a member of the contract in our type, and says what is missing: null for nothing, "" for the member, else the difference in brackets.</summary>
internal static class MemberComparison
{
    public static string? Difference(ApiType wantedType, ApiMember wanted, ApiType ours)
    {
        ApiMember[] named = [.. ours.Members.Where(m => IsSameName(wanted, m))];
        string?[] differences = [.. named.Where(m => Fits(wanted, m)).Select(m => Compare(wantedType, wanted, ours, m))];
        if (differences.Length == 0)
            return "";
        if (differences.FirstOrDefault(d => d is not null) is not { } difference || differences.Contains(null))
            return MissingShorterCall(wanted, named);
        return $" [{difference}]";
    }

    private static bool IsSameName(ApiMember wanted, ApiMember member) =>
        wanted.Name == member.Name && wanted.Arity == member.Arity && IsCallable(wanted) == IsCallable(member);

    private static bool IsCallable(ApiMember member) => member.Kind is MemberKind.Constructor or MemberKind.Method;

    private static bool Fits(ApiMember wanted, ApiMember member)
    {
        if (wanted.IsConversion && wanted.Type != member.Type)
            return false;
        if (wanted.HasParameters(member))
            return true;

        // Nobody overrides it: a longer one that lets the rest be left out does the same for a caller.
        return wanted.Dispatch == Dispatch.None
            && member.Parameters.Count > wanted.Parameters.Count
            && member.Parameters.Take(wanted.Parameters.Count).Select(p => p.Type).SequenceEqual(wanted.Parameters.Select(p => p.Type))
            && member.Parameters.Skip(wanted.Parameters.Count).All(p => p.MayBeLeftOut);
    }

    private static string? Compare(ApiType type, ApiMember wanted, ApiType ours, ApiMember member)
    {
        if (wanted.Type != member.Type)
            return $"is of {member.Type}";
        if (wanted.IsStatic != member.IsStatic)
            return member.IsStatic ? "static" : "not static";
        if (member.IsProtected && !wanted.IsProtected)
            return "protected";
        if (wanted.Constraints != member.Constraints)
            return $"constrained to {member.Constraints}";
        if (member.IsAnnotated)
            return "annotated";

        // Where nobody can derive, the constructor is the gap.
        bool overrides = wanted.Dispatch != Dispatch.None && type.Kind == "class" && ours.CanBeDerivedFrom;
        return CompareUse(wanted, member) ?? (overrides ? CompareOverriding(wanted, member) : null) ?? CompareParameters(wanted, member);
    }

    private static string? CompareUse(ApiMember wanted, ApiMember member)
    {
        if (wanted.Constant is not null && wanted.Constant != member.Constant)
            return $"is {member.Constant ?? "no constant"}";
        if (wanted.CanRead && !member.CanRead)
            return "cannot be read";
        return wanted.CanWrite && !member.CanWrite && !(wanted.IsStatic && wanted.Kind == MemberKind.Field) ? "cannot be set" : null;
    }

    private static string? CompareOverriding(ApiMember wanted, ApiMember member)
    {
        if (member.Dispatch == Dispatch.None)
            return "not virtual";
        if (member.Dispatch == Dispatch.Abstract && wanted.Dispatch != Dispatch.Abstract)
            return "abstract";
        return wanted.IsProtected && !member.IsProtected ? "public: an override would have to be" : null;
    }

    private static string? CompareParameters(ApiMember wanted, ApiMember member)
    {
        foreach ((ApiParameter first, ApiParameter second) in wanted.Parameters.Zip(member.Parameters))
        {
            if (first.IsThis && !second.IsThis)
                return "no extension method";
            if (first.IsParams && !second.IsParams)
                return $"{second.Name} is not params";
            if (first.Default is not null && second.Default is not null && first.Default != second.Default)
                return $"{second.Name} is {second.Default} by default";
            if (first.Name != second.Name)
                return $"{first.Name} is called {second.Name}";
        }

        return null;
    }

    /// <summary>An optional parameter of the contract may be an overload here, but the shorter call has to compile.</summary>
    private static string? MissingShorterCall(ApiMember wanted, ApiMember[] named)
    {
        int required = wanted.Parameters.Count(p => !p.MayBeLeftOut);
        bool compiles = named.Any(m => m.Parameters.Count >= required && m.Parameters.Count(p => !p.MayBeLeftOut) <= required
            && m.Parameters.Take(required).Select(p => p.Type).SequenceEqual(wanted.Parameters.Take(required).Select(p => p.Type)));
        return !IsCallable(wanted) || compiles ? null : " [no parameter may be left out]";
    }
}
