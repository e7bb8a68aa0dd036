using System.Collections;

namespace EsockdNetty.Tests.Support;

/// <summary>Options as text: every value there is, by its path.</summary>
internal static class OptionsText
{
    public static string Of(object options) => string.Join(' ', Values(options).Select(static value => $"{value.Key}={value.Value}"));

    public static IEnumerable<KeyValuePair<string, string?>> Values(object options, string path = "")
    {
        foreach (var property in options.GetType().GetProperties())
        {
            object? value = property.GetValue(options);
            string name = $"{path}{property.Name}";
            if (value is { } group && group.GetType() is { IsClass: true } type && type.Name.EndsWith("Options", StringComparison.Ordinal) && value is not IEnumerable)
            {
                foreach (KeyValuePair<string, string?> inner in Values(group, $"{name}:"))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return new KeyValuePair<string, string?>(name, TextOf(value));
            }
        }
    }

    private static string? TextOf(object? value) => value switch
    {
        string text => text,
        IEnumerable list => string.Join(',', list.Cast<object>()),
        _ => value?.ToString(),
    };
}
