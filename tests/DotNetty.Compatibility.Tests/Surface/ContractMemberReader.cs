namespace DotNetty.Compatibility.Tests.Surface;

/// <summary>Reads a member line: words of accessibility and dispatch, type, the name behind its type's name, parameters or accessors or value.</summary>
internal static class ContractMemberReader
{
    private static readonly string[] Modifiers = ["public", "protected", "internal", "static", "readonly", "const", "abstract", "virtual", "sealed", "override"];

    public static ApiMember Read(string line, ApiType type)
    {
        var cursor = new LineCursor(line);
        HashSet<string> words = cursor.TakeWords(Modifiers);
        TypeText first = cursor.TakeType();
        ApiMember member = first.Name == "ctor" ? ReadConstructor(cursor, type) : ReadNamed(cursor, type, first, words);
        return cursor.AtEnd ? WithWords(member, words, type) : throw cursor.Unexpected("the end of the line");
    }

    public static IReadOnlyList<ApiParameter> ReadParameters(LineCursor cursor, char open, char close, IReadOnlyList<string> ofType, IReadOnlyList<string> ofMethod)
    {
        List<ApiParameter> parameters = [];
        cursor.Take(open.ToString());
        while (!cursor.TryTake(close.ToString()))
        {
            parameters.Add(ReadParameter(cursor, close, ofType, ofMethod));
            cursor.TryTake(", ");
        }

        return parameters;
    }

    public static string ReadConstraints(LineCursor cursor, IReadOnlyList<string> ofType, IReadOnlyList<string> ofMethod)
    {
        List<string> clauses = [];
        while (cursor.TryTake(" where "))
        {
            string parameter = cursor.TakeType().Canonical(ofType, ofMethod);
            cursor.Take(" : ");
            List<string> wanted = [];
            do
                wanted.Add(cursor.TryTake("new()") ? "new()" : cursor.TakeType().Canonical(ofType, ofMethod));
            while (cursor.TryTake(", "));
            clauses.Add($"{parameter} : {string.Join(", ", wanted.Order(StringComparer.Ordinal))}");
        }

        return string.Join("; ", clauses.Order(StringComparer.Ordinal));
    }

    private static ApiMember ReadConstructor(LineCursor cursor, ApiType type)
    {
        IReadOnlyList<ApiParameter> parameters = ReadParameters(cursor, '(', ')', type.TypeParameters, []);
        return new ApiMember { Kind = MemberKind.Constructor, Name = "ctor", Display = $"ctor({Show(parameters)})", Parameters = parameters };
    }

    private static ApiMember ReadNamed(LineCursor cursor, ApiType type, TypeText first, HashSet<string> words)
    {
        cursor.Take(" ");
        TypeText name = cursor.TakeType();
        if (cursor.Rest.StartsWith('('))
            return ReadMethod(cursor, type, first, name);

        var member = new ApiMember { Kind = MemberKind.Field, Name = name.Name, Display = name.Name, Type = first.Canonical(type.TypeParameters, []) };
        if (name.Name == "this")
            member = ReadIndexer(cursor, type, member);
        if (cursor.TryTake(" { "))
            return ReadAccessors(cursor, member);

        string? constant = cursor.TryTake(" = ") ? cursor.TakeUntil() : null;
        return member with { CanRead = true, CanWrite = constant is null && !words.Contains("readonly"), Constant = constant };
    }

    private static ApiMember ReadMethod(LineCursor cursor, ApiType type, TypeText returned, TypeText name)
    {
        IReadOnlyList<string> own = [.. name.Arguments.Select(a => a.Name)];
        IReadOnlyList<ApiParameter> parameters = ReadParameters(cursor, '(', ')', type.TypeParameters, own);
        return new ApiMember
        {
            Kind = MemberKind.Method,
            Name = name.Name,
            Display = $"{name}({Show(parameters)})",
            Arity = own.Count,
            Parameters = parameters,
            Type = returned.Canonical(type.TypeParameters, own),
            Constraints = ReadConstraints(cursor, type.TypeParameters, own),
        };
    }

    private static ApiMember ReadIndexer(LineCursor cursor, ApiType type, ApiMember member)
    {
        IReadOnlyList<ApiParameter> parameters = ReadParameters(cursor, '[', ']', type.TypeParameters, []);
        return member with { Parameters = parameters, Display = $"this[{Show(parameters)}]" };
    }

    private static ApiMember ReadAccessors(LineCursor cursor, ApiMember member)
    {
        bool get = cursor.TryTake("get; ");
        bool set = cursor.TryTake("set; ");
        cursor.Take("}");
        return member with { Kind = MemberKind.Property, CanRead = get, CanWrite = set };
    }

    private static ApiParameter ReadParameter(LineCursor cursor, char close, IReadOnlyList<string> ofType, IReadOnlyList<string> ofMethod)
    {
        HashSet<string> words = cursor.TakeWords("this", "params", "ref", "out", "in");
        string passing = string.Concat(words.Where(w => w is "ref" or "out" or "in").Select(w => w + " "));
        TypeText type = cursor.TakeType();
        cursor.Take(" ");
        string name = cursor.TakeIdentifier();
        string? value = cursor.TryTake(" = ") ? cursor.TakeUntil(',', close) : null;
        return new ApiParameter(passing + type.Canonical(ofType, ofMethod), name, words.Contains("this"), words.Contains("params"), value) { Written = passing + type };
    }

    private static ApiMember WithWords(ApiMember member, HashSet<string> words, ApiType type) => member with
    {
        IsStatic = words.Contains("static") || words.Contains("const"),
        IsProtected = words.Contains("protected"),
        Dispatch = type.Kind == "interface" || words.Contains("abstract") ? Dispatch.Abstract
            : words.Contains("sealed") || type.IsSealed || !(words.Contains("virtual") || words.Contains("override")) ? Dispatch.None
            : Dispatch.Virtual,
    };

    private static string Show(IReadOnlyList<ApiParameter> parameters) => string.Join(", ", parameters.Select(p => p.Written));
}
