using System.Collections.ObjectModel;
using EsockdNetty.Accepting.Access;

namespace EsockdNetty;

/// <summary>
/// Who may connect, as ordered rules of which the first that matches decides: <c>{ "deny 203.0.113.0/24", "allow all" }</c>. Nobody is refused
/// whom no rule matches. See <see cref="AccessRule"/>. Default: none.
/// </summary>
public sealed class AccessOptions : Collection<string>
{
    internal void Validate(OptionFaults faults)
    {
        var rules = new List<AccessRule?>(Count);
        for (int i = 0; i < Count; i++)
        {
            rules.Add(AccessRule.TryParse(this[i], out AccessRule? rule) ? rule : null);
            if (rule is null)
            {
                faults.Add($"Access:{i}", this[i], $"use {AccessRule.Accepted}");
            }
        }

        foreach ((int? index, string remedy) in AccessRules.FaultsOf(rules))
        {
            faults.Add(index is { } i ? $"Access:{i}" : "Access", index is { } at ? this[at] : string.Join(", ", this), remedy);
        }
    }

    /// <summary>The rules; for options without a fault.</summary>
    internal AccessRules ToRules() => AccessRules.Of(this.Select(AccessRule.Parse));

    internal AccessOptions Copy()
    {
        var copy = new AccessOptions();
        foreach (string rule in this)
        {
            copy.Add(rule);
        }

        return copy;
    }
}
