using System.Reflection;
using System.Runtime.CompilerServices;

namespace DotNetty.Compatibility.Tests.Surface;

/// <summary>Members of an assembly in the form of <see cref="ApiMember"/>; null for those nobody outside can see.</summary>
internal static class MemberText
{
    public static ApiMember? Of(ConstructorInfo constructor) => !IsVisible(constructor) ? null : new ApiMember
    {
        Kind = MemberKind.Constructor,
        Name = "ctor",
        Display = "ctor",
        IsProtected = !constructor.IsPublic,
        Parameters = ParametersOf(constructor.GetParameters(), false),
    };

    public static ApiMember? Of(MethodInfo method) => !IsVisible(method) ? null : new ApiMember
    {
        Kind = MemberKind.Method,
        Name = method.Name,
        Display = $"{method.Name}({string.Join(", ", method.GetParameters().Select(p => TypeNames.Of(p.ParameterType)))})",
        Arity = method.GetGenericArguments().Length,
        IsStatic = method.IsStatic,
        IsProtected = !method.IsPublic,
        Dispatch = DispatchOf(method),
        Parameters = ParametersOf(method.GetParameters(), method.IsDefined(typeof(ExtensionAttribute), false)),
        Type = TypeNames.Of(method.ReturnType.IsByRef ? method.ReturnType.GetElementType()! : method.ReturnType),
        Constraints = ConstraintsOf(method.GetGenericArguments()),
    };

    public static ApiMember? Of(PropertyInfo property)
    {
        MethodInfo? get = VisibleOrNull(property.GetMethod);
        MethodInfo? set = VisibleOrNull(property.SetMethod);
        ParameterInfo[] index = property.GetIndexParameters();
        return (get ?? set) is not { } accessor ? null : new ApiMember
        {
            Kind = MemberKind.Property,
            Name = index.Length > 0 ? "this" : property.Name,
            Display = property.Name,
            IsStatic = accessor.IsStatic,
            IsProtected = get?.IsPublic != true && set?.IsPublic != true,
            Dispatch = DispatchOf(accessor),
            Parameters = ParametersOf(index, false),
            Type = TypeNames.Of(property.PropertyType),
            CanRead = get is not null,
            CanWrite = set is not null,
        };
    }

    public static ApiMember? Of(FieldInfo field) => !(field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) ? null : new ApiMember
    {
        Kind = MemberKind.Field,
        Name = field.Name,
        Display = field.Name,
        IsStatic = field.IsStatic,
        IsProtected = !field.IsPublic,
        Type = TypeNames.Of(field.FieldType),
        CanRead = true,
        CanWrite = !field.IsInitOnly && !field.IsLiteral,
        Constant = field.IsLiteral ? ValueText(field.GetRawConstantValue()) : null,
    };

    public static string ConstraintsOf(IEnumerable<Type> parameters) =>
        string.Join("; ", parameters.Select(ConstraintOf).Where(c => c.Length > 0).Order(StringComparer.Ordinal));

    private static string ConstraintOf(Type parameter)
    {
        GenericParameterAttributes kind = parameter.IsGenericParameter ? parameter.GenericParameterAttributes : 0;
        bool isStruct = kind.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        List<string> wanted = parameter.IsGenericParameter ? [.. parameter.GetGenericParameterConstraints().Where(t => t != typeof(ValueType)).Select(TypeNames.Of)] : [];
        if (isStruct)
            wanted.Add("struct");
        if (kind.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            wanted.Add("class");
        if (!isStruct && kind.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
            wanted.Add("new()");
        return wanted.Count == 0 ? "" : $"{TypeNames.Of(parameter)} : {string.Join(", ", wanted.Order(StringComparer.Ordinal))}";
    }

    private static IReadOnlyList<ApiParameter> ParametersOf(ParameterInfo[] parameters, bool isExtension) =>
        [.. parameters.Select((p, i) => ParameterOf(p, isExtension && i == 0))];

    private static ApiParameter ParameterOf(ParameterInfo parameter, bool isThis)
    {
        Type type = parameter.ParameterType;
        string passing = !type.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        string name = passing + TypeNames.Of(type.IsByRef ? type.GetElementType()! : type);
        string? value = parameter.HasDefaultValue ? ValueText(parameter.RawDefaultValue) : null;
        return new ApiParameter(name, parameter.Name ?? "", isThis, parameter.IsDefined(typeof(ParamArrayAttribute), false), value);
    }

    private static Dispatch DispatchOf(MethodBase method) =>
        method.IsAbstract ? Dispatch.Abstract
        : method.IsVirtual && !method.IsFinal && !method.DeclaringType!.IsSealed ? Dispatch.Virtual
        : Dispatch.None;

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static MethodInfo? VisibleOrNull(MethodInfo? accessor) => accessor is not null && IsVisible(accessor) ? accessor : null;

    private static string ValueText(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        char character => $"'\\u{(int)character:x4}'",
        _ => value.ToString() ?? "null",
    };
}
