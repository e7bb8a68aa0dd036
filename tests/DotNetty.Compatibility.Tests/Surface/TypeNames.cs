namespace DotNetty.Compatibility.Tests.Surface;

/// <summary>A type of an assembly as <see cref="TypeText"/> would write it.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
    };

    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword;
        if (type.IsGenericMethodParameter)
            return $"!!{type.GenericParameterPosition}";
        if (type.IsGenericParameter)
            return $"!{type.GenericParameterPosition}";
        if (type.IsArray)
            return Of(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Of(value) + "?";

        string[] arguments = [.. OwnArguments(type).Select(Of)];
        return arguments.Length == 0 ? SimpleName(type) : $"{SimpleName(type)}<{string.Join(", ", arguments)}>";
    }

    /// <summary>The name without the number of its type parameters.</summary>
    public static string SimpleName(Type type) => type.Name.Split('`')[0];

    /// <summary>The type parameters or arguments that the type adds to those of the type around it.</summary>
    public static IEnumerable<Type> OwnArguments(Type type)
    {
        Type[] all = type.GetGenericArguments();
        return all.Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0);
    }
}
