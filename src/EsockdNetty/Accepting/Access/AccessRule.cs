using System.Diagnostics.CodeAnalysis;
using System.Net;
using EsockdNetty.Accepting.Addresses;

namespace EsockdNetty.Accepting.Access;

/// <summary>
/// Lets clients in or keeps them out: <c>allow</c> or <c>deny</c>, then <c>all</c>, <c>unix</c>, an address or a CIDR block of either family
/// (<c>deny 10.0.0.0/8</c>). Bits behind the prefix are set to zero. A block of mapped IPv4 addresses is the IPv4 block. <c>all</c> matches
/// everybody, also who has no address.
/// </summary>
public sealed record AccessRule : IParsable<AccessRule>
{
    internal const string Accepted = $"allow or deny, then all, unix, {AddressBlock.Accepted}";

    private const string All = "all";
    private const string Unix = "unix";

    private AccessRule(AccessVerdict verdict) => Verdict = verdict;

    /// <summary>What it says of those it matches.</summary>
    public AccessVerdict Verdict { get; }

    /// <summary>True when it matches everybody.</summary>
    public bool MatchesAll { get; private init; }

    /// <summary>True when it matches peers on unix sockets only.</summary>
    public bool MatchesUnix { get; private init; }

    /// <summary>The block whose addresses it matches; null for <c>all</c> and <c>unix</c>.</summary>
    public IPNetwork? Network => Block?.ToNetwork();

    internal AddressBlock? Block { get; private init; }

    /// <summary>Reads a rule.</summary>
    /// <exception cref="FormatException">It is none; the message says what one looks like.</exception>
    public static AccessRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out AccessRule? rule) ? rule : throw new FormatException($"'{text}' is not an access rule: use {Accepted}.");
    }

    /// <summary>Reads a rule; false when it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out AccessRule? rule)
    {
        rule = null;
        string[] words = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 2 && ParseVerdict(words[0]) is { } verdict)
        {
            rule = ParseSubject(verdict, words[1]);
        }

        return rule is not null;
    }

    static AccessRule IParsable<AccessRule>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<AccessRule>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out AccessRule result) =>
        TryParse(s, out result);

    /// <summary>True when the rule is about this client.</summary>
    public bool Matches(ClientAddress client) =>
        MatchesAll || (MatchesUnix && client.IsUnix) || (client.IsIP && Block is { } block && block.Contains(client.Key));

    /// <summary>The rule as <see cref="Parse"/> reads it.</summary>
    public override string ToString() =>
        $"{(Verdict == AccessVerdict.Allow ? "allow" : "deny")} {(MatchesAll ? All : MatchesUnix ? Unix : Block.ToString())}";

    private static AccessVerdict? ParseVerdict(string word) =>
        word.Equals("allow", StringComparison.OrdinalIgnoreCase) ? AccessVerdict.Allow
        : word.Equals("deny", StringComparison.OrdinalIgnoreCase) ? AccessVerdict.Deny
        : null;

    private static AccessRule? ParseSubject(AccessVerdict verdict, string word)
    {
        if (word.Equals(All, StringComparison.OrdinalIgnoreCase))
        {
            return new AccessRule(verdict) { MatchesAll = true };
        }

        if (word.Equals(Unix, StringComparison.OrdinalIgnoreCase))
        {
            return new AccessRule(verdict) { MatchesUnix = true };
        }

        return AddressBlock.TryParse(word, out AddressBlock block) ? new AccessRule(verdict) { Block = block } : null;
    }
}
