using System.Collections;
using System.Reflection;

namespace EsockdNetty.Tests.Support;

/// <summary>The values of options by the paths that name them everywhere: groups are entered, also those that are set as a whole; a list is one value.</summary>
internal static class OptionPaths
{
    /// <summary>Every value that can be chosen.</summary>
    public static IReadOnlyList<string> Of(Type options) => [.. PathsOf(options, "")];

    public static object? Get(object options, string path) =>
        path.Split(':').Aggregate((object?)options, static (owner, name) => owner!.GetType().GetProperty(name)!.GetValue(owner));

    /// <summary>The paths at which two options differ.</summary>
    public static IEnumerable<string> Differing<TOptions>(TOptions one, TOptions other)
        where TOptions : class =>
        Of(typeof(TOptions)).Where(path => !IsSame(Get(one, path), Get(other, path)));

    private static IEnumerable<string> PathsOf(Type type, string prefix) =>
        type.GetProperties().Where(property => IsGroup(property.PropertyType) || IsList(property.PropertyType) || property.SetMethod is { IsPublic: true })
            .SelectMany(property => IsGroup(property.PropertyType) ? PathsOf(property.PropertyType, $"{prefix}{property.Name}:") : [prefix + property.Name]);

    private static bool IsGroup(Type type) => type.Name.EndsWith("Options", StringComparison.Ordinal) && !IsList(type);

    private static bool IsList(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);

    private static bool IsSame(object? one, object? other) =>
        one is IEnumerable and not string ? ((IEnumerable)one).Cast<object>().SequenceEqual(((IEnumerable)other!).Cast<object>()) : Equals(one, other);
}
