namespace DotNetty.Compatibility.Tests.Surface;

/// <summary>
/// Reads the contract: <c>namespace X</c>, below it types by two spaces and their members by four. Nested types stand beside their enclosing one.
/// It leaves out the <c>ref</c> of a return. A line the reader does not understand is an error, not a gap.
/// </summary>
internal static class ContractReader
{
    private static readonly string[] Kinds = ["class", "struct", "interface", "enum", "delegate"];

    public static IReadOnlyList<ApiType> Read(TextReader text)
    {
        List<ApiType> types = [];
        string space = "";
        while (text.ReadLine() is { } line)
        {
            if (line.StartsWith("namespace ", StringComparison.Ordinal))
                space = line["namespace ".Length..];
            else if (line.StartsWith("    ", StringComparison.Ordinal))
                types[^1] = WithMember(types[^1], line.Trim());
            else if (line.StartsWith("  ", StringComparison.Ordinal))
                types.Add(ReadType(space, line.Trim()));
        }

        return types;
    }

    private static ApiType WithMember(ApiType type, string line) =>
        type with { Members = [.. type.Members, ContractMemberReader.Read(line, type)] };

    private static ApiType ReadType(string space, string line)
    {
        var cursor = new LineCursor(line);
        HashSet<string> words = cursor.TakeWords(["public", "protected", "internal", "static", "abstract", "sealed", .. Kinds]);
        string kind = words.SingleOrDefault(Kinds.Contains) ?? throw cursor.Unexpected("the kind of a type");
        TypeText? returned = kind == "delegate" ? cursor.TakeType() : null;
        if (returned is not null)
            cursor.Take(" ");

        TypeText name = cursor.TakeType();
        var type = new ApiType
        {
            Namespace = space,
            Name = name.ToString(),
            Key = $"{space}.{name.Name}`{name.Arguments.Count}",
            Kind = kind,
            IsStatic = words.Contains("static"),
            IsAbstract = words.Contains("abstract"),
            IsSealed = kind != "class" || words.Contains("sealed"),
            TypeParameters = name.Declared,
        };
        return returned is null ? ReadBases(cursor, type) : ReadDelegate(cursor, type, returned);
    }

    private static ApiType ReadBases(LineCursor cursor, ApiType type)
    {
        List<string> bases = [];
        if (cursor.TryTake(" : "))
        {
            do
                bases.Add(cursor.TakeType().Canonical(type.TypeParameters, []));
            while (cursor.TryTake(", "));
        }

        return type with { Bases = bases, Constraints = ContractMemberReader.ReadConstraints(cursor, type.TypeParameters, []) };
    }

    private static ApiType ReadDelegate(LineCursor cursor, ApiType type, TypeText returned)
    {
        IReadOnlyList<ApiParameter> parameters = ContractMemberReader.ReadParameters(cursor, '(', ')', type.TypeParameters, []);
        var invoke = new ApiMember
        {
            Kind = MemberKind.Method,
            Name = "Invoke",
            Display = "Invoke",
            Parameters = parameters,
            Type = returned.Canonical(type.TypeParameters, []),
        };
        return type with { Members = [invoke] };
    }
}
