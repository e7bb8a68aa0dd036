using EsockdNetty.Accepting.Addresses;
using EsockdNetty.Accepting.Bans;

namespace EsockdNetty.Accepting.Access;

/// <summary>
/// Who may connect: bans first, then rules. Rules change while it is in use, each change all or nothing; a connection is judged by the rules
/// before it or those after it. Any thread.
/// </summary>
public sealed class AccessControl
{
    private readonly Lock _changing = new();
    private readonly BanScore? _score;
    private volatile AccessRules _rules;

    /// <summary>Begins with these rules, or none; its own bans, or some it shares; clients that the rules deny score where there is a score.</summary>
    public AccessControl(AccessRules? rules = null, BanList? bans = null, BanScore? score = null)
    {
        _rules = rules ?? AccessRules.Empty;
        Bans = bans ?? new BanList();
        _score = score;
    }

    /// <summary>The bans.</summary>
    public BanList Bans { get; }

    /// <summary>The rules in force; they do not change in your hands.</summary>
    public AccessRules Rules => _rules;

    /// <summary>True when nobody can be refused, so that nobody needs to be asked about.</summary>
    public bool IsOpen => _rules.Count == 0 && Bans.IsEmpty;

    /// <summary>Puts a rule in front of all others.</summary>
    /// <exception cref="ArgumentException">It stands in the list already, or the list would allow only and not say what that is to mean.</exception>
    public void AddFirst(AccessRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        lock (_changing)
        {
            _rules = AccessRules.Of([rule, .. _rules]);
        }
    }

    /// <summary>Puts other rules in the place of all.</summary>
    /// <exception cref="ArgumentException">One is there twice, or they allow only and do not say what that is to mean.</exception>
    public void Replace(IEnumerable<AccessRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        AccessRules replacing = rules as AccessRules ?? AccessRules.Of(rules);
        lock (_changing)
        {
            _rules = replacing;
        }
    }

    /// <summary>Takes a rule out.</summary>
    /// <returns>False when it is not there.</returns>
    /// <exception cref="ArgumentException">What is left would allow only and not say what that is to mean.</exception>
    public bool Remove(AccessRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        lock (_changing)
        {
            if (!_rules.Contains(rule))
            {
                return false;
            }

            _rules = AccessRules.Of(_rules.Where(other => other != rule));
            return true;
        }
    }

    /// <summary>Says why a client is refused; null when it may connect.</summary>
    public RefusalReason? Judge(ClientAddress client)
    {
        if (Bans.IsBanned(client))
        {
            return RefusalReason.Banned;
        }

        if (_rules.Judge(client) == AccessVerdict.Allow)
        {
            return null;
        }

        _score?.Report(client, Abuse.Denied);
        return RefusalReason.AccessDenied;
    }
}
