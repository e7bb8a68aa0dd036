#nullable disable
using DotNetty.Common.Utilities;

namespace DotNetty.Codecs;

/// <summary>Headers as strings.</summary>
public static class HeadersUtils
{
    /// <summary>The values of that name; empty when there are none.</summary>
    public static List<string> GetAllAsString<TKey, TValue>(IHeaders<TKey, TValue> headers, TKey name)
        where TKey : class
    {
        ArgumentNullException.ThrowIfNull(headers);
        return [.. headers.GetAll(name).Select(static value => value?.ToString())];
    }

    /// <summary>The first value of that name.</summary>
    public static bool TryGetAsString<TKey, TValue>(IHeaders<TKey, TValue> headers, TKey name, out string value)
        where TKey : class
    {
        ArgumentNullException.ThrowIfNull(headers);
        bool found = headers.TryGet(name, out TValue first);
        value = found ? first?.ToString() : null;
        return found;
    }

    /// <summary>The names, each once: a copy.</summary>
    public static IList<string> NamesAsString(IHeaders<ICharSequence, ICharSequence> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return [.. headers.Names().Select(static name => name.ToString())];
    }

    /// <summary>All names and values: <c>[name: value, name: value]</c>.</summary>
    /// <param name="headers">The entries.</param>
    /// <param name="size">About how many there are.</param>
    public static string ToString<TKey, TValue>(IEnumerable<HeaderEntry<TKey, TValue>> headers, int size)
        where TKey : class
    {
        ArgumentNullException.ThrowIfNull(headers);
        return size == 0 ? "[]" : $"[{string.Join(", ", headers.Select(static entry => $"{entry.Key}: {entry.Value}"))}]";
    }
}
