#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>Collections as text for logs.</summary>
public static class DebugExtensions
{
    /// <summary>The entries as <c>{key=value, key=value}</c>.</summary>
    public static string ToDebugString<TKey, TValue>(this IDictionary<TKey, TValue> dictionary)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        return $"{{{string.Join(", ", dictionary.Select(entry => $"{entry.Key}={entry.Value}"))}}}";
    }
}
