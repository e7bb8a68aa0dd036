using System.Collections;
using EsockdNetty.Accepting.Addresses;

namespace EsockdNetty.Accepting.Access;

/// <summary>
/// Ordered rules that do not change: the first that matches a client decides, and whom none matches is allowed. Judging looks a client up once
/// for each prefix length that occurs, so that a list of 100,000 blocks costs no more than one of 100.
/// </summary>
public sealed class AccessRules : IReadOnlyList<AccessRule>
{
    private const int None = int.MaxValue;

    private readonly AccessRule[] _rules;
    private readonly Dictionary<AddressBlock, int> _blocks = [];
    private readonly PrefixLengths _lengths = new();
    private readonly int _firstOfAll = None;
    private readonly int _firstOfUnix = None;

    private AccessRules(AccessRule[] rules)
    {
        _rules = rules;
        for (int i = 0; i < rules.Length; i++)
        {
            AccessRule rule = rules[i];
            if (rule.MatchesAll)
            {
                _firstOfAll = Math.Min(_firstOfAll, i);
            }
            else if (rule.MatchesUnix)
            {
                _firstOfUnix = Math.Min(_firstOfUnix, i);
            }
            else if (rule.Block is { } block && _blocks.TryAdd(block, i))
            {
                _lengths.Add(block.Length);
            }
        }
    }

    /// <summary>No rules: everybody is allowed.</summary>
    public static AccessRules Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _rules.Length;

    /// <inheritdoc/>
    public AccessRule this[int index] => _rules[index];

    /// <summary>Rules in this order.</summary>
    /// <exception cref="ArgumentException">
    /// A rule stands there twice; or all of them allow, and no <c>allow all</c> or <c>deny all</c> at the end says what that is to mean.
    /// </exception>
    public static AccessRules Of(IEnumerable<AccessRule> rules)
    {
        AccessRule[] list = [.. rules];
        string[] faults = [.. FaultsOf(list).Select(fault => fault.Index is { } i ? $"rule {i}, '{list[i]}': {fault.Remedy}" : fault.Remedy)];
        return faults.Length == 0 ? new AccessRules(list) : throw new ArgumentException(string.Join("; ", faults), nameof(rules));
    }

    /// <summary>Says of a client whether it may connect.</summary>
    public AccessVerdict Judge(ClientAddress client)
    {
        int first = client.IsUnix ? Math.Min(_firstOfUnix, _firstOfAll) : _firstOfAll;
        if (client.IsIP)
        {
            first = Math.Min(first, FirstBlockOf(client.Key));
        }

        return first == None ? AccessVerdict.Allow : _rules[first].Verdict;
    }

    /// <inheritdoc/>
    public IEnumerator<AccessRule> GetEnumerator() => ((IEnumerable<AccessRule>)_rules).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What is wrong with rules in this order, and with which; those that are null could not be read.</summary>
    internal static IEnumerable<(int? Index, string Remedy)> FaultsOf(IReadOnlyList<AccessRule?> rules)
    {
        var seen = new Dictionary<AccessRule, int>();
        for (int i = 0; i < rules.Count; i++)
        {
            if (rules[i] is { } rule && !seen.TryAdd(rule, i))
            {
                yield return (i, $"the same rule stands at {seen[rule]}: remove one of the two");
            }
        }

        if (rules.Count > 0 && rules.All(static rule => rule is { Verdict: AccessVerdict.Allow }) && !rules[^1]!.MatchesAll)
        {
            yield return (null, "these rules keep nobody out: end them with 'deny all', or with 'allow all' to say that they should not");
        }
    }

    private int FirstBlockOf(AddressKey client)
    {
        int shortest = client.IsIPv4 ? AddressKey.IPv4Prefix : 0;
        int first = None;
        foreach (byte length in _lengths.Present)
        {
            if (length >= shortest && _blocks.TryGetValue(new AddressBlock(client, length), out int index))
            {
                first = Math.Min(first, index);
            }
        }

        return first;
    }
}
