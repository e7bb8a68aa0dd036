using System.Reflection;

namespace DotNetty.Compatibility.Tests.Surface;

/// <summary>Whether a member says what may be null. The contract does not, and source with warnings as errors would break where we did.</summary>
internal static class Annotations
{
    private static readonly NullabilityInfoContext Context = new();

    public static bool AreOn(MemberInfo member) => member switch
    {
        MethodInfo method => AreOn(method.GetParameters()) || AreOn(Context.Create(method.ReturnParameter)),
        ConstructorInfo constructor => AreOn(constructor.GetParameters()),
        PropertyInfo property => AreOn(Context.Create(property)),
        FieldInfo field => AreOn(Context.Create(field)),
        _ => false,
    };

    private static bool AreOn(ParameterInfo[] parameters) => parameters.Any(p => AreOn(Context.Create(p)));

    private static bool AreOn(NullabilityInfo info)
    {
        Type type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        bool says = !type.IsValueType && (info.ReadState != NullabilityState.Unknown || info.WriteState != NullabilityState.Unknown);
        return says || info.GenericTypeArguments.Any(AreOn) || (info.ElementType is { } element && AreOn(element));
    }
}
