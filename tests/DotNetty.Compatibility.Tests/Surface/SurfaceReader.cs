using System.Reflection;

namespace DotNetty.Compatibility.Tests.Surface;

/// <summary>What source code outside an assembly can see of its types, inherited members included: where a member is declared does not matter to a caller.</summary>
internal static class SurfaceReader
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    public static IReadOnlyList<ApiType> Read(Assembly assembly) => Read(assembly.GetTypes());

    public static IReadOnlyList<ApiType> Read(IEnumerable<Type> types) => [.. types.Where(IsVisible).Select(Read)];

    private static bool IsVisible(Type type) =>
        type.IsNested
            ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)
            : type.IsPublic;

    private static ApiType Read(Type type) => new()
    {
        Namespace = type.Namespace ?? "",
        Name = TypeNames.SimpleName(type),
        Key = $"{type.Namespace}.{TypeNames.SimpleName(type)}`{TypeNames.OwnArguments(type).Count()}",
        Kind = KindOf(type),
        IsStatic = type is { IsAbstract: true, IsSealed: true },
        IsAbstract = type.IsAbstract && !type.IsSealed,
        IsSealed = type.IsSealed,
        Bases = [.. BasesOf(type).Select(TypeNames.Of)],
        Constraints = MemberText.ConstraintsOf(type.GetGenericArguments()),
        Members = [.. MembersOf(type)],
    };

    private static string KindOf(Type type) =>
        type.IsSubclassOf(typeof(Delegate)) ? "delegate"
        : type.IsEnum ? "enum"
        : type.IsValueType ? "struct"
        : type.IsInterface ? "interface"
        : "class";

    private static IEnumerable<Type> BasesOf(Type type)
    {
        if (type.IsEnum)
            yield return type.GetEnumUnderlyingType();
        for (Type? above = type.BaseType; above is not null; above = above.BaseType)
            yield return above;
        foreach (Type implemented in type.GetInterfaces())
            yield return implemented;
    }

    private static IEnumerable<ApiMember> MembersOf(Type type)
    {
        IEnumerable<Type> declaring = type.IsInterface ? [type, .. type.GetInterfaces(), typeof(object)] : [type];
        foreach (MemberInfo member in declaring.SelectMany(t => t.GetMembers(Everything)))
        {
            ApiMember? read = member switch
            {
                ConstructorInfo { IsStatic: false } constructor => MemberText.Of(constructor),
                MethodInfo method when !IsAccessor(method) => MemberText.Of(method),
                PropertyInfo property => MemberText.Of(property),
                FieldInfo field when !field.IsSpecialName => MemberText.Of(field),
                _ => null,
            };
            if (read is null)
                continue;

            bool isOfPlatform = member.DeclaringType!.Namespace!.StartsWith("System", StringComparison.Ordinal);
            yield return read with { IsOfPlatform = isOfPlatform, IsAnnotated = !isOfPlatform && Annotations.AreOn(member) };
        }
    }

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);
}
