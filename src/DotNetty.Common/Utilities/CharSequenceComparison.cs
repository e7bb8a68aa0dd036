#nullable disable
using System.Numerics;

namespace DotNetty.Common.Utilities;

/// <summary>
/// What all kinds of character sequence agree on: which are equal, with and without case, and one hash for both comparisons,
/// so that a header name is found whether it is kept as bytes, as a string or in a builder.
/// </summary>
internal static class CharSequenceComparison
{
    private const uint Multiplier = 0x9E3779B1;

    // Drawn once a process: a peer that picks header names cannot foresee which of them collide.
    private static readonly uint Seed = (uint)Random.Shared.NextInt64();

    public static bool AreEqual(ICharSequence a, ICharSequence b, bool ignoreCase)
    {
        if (a is null || b is null)
            return ReferenceEquals(a, b);

        return a.Count == b.Count && RegionsMatch(a, 0, b, 0, a.Count, ignoreCase);
    }

    public static bool RegionsMatch(IReadOnlyList<char> a, int aStart, IReadOnlyList<char> b, int bStart, int length, bool ignoreCase)
    {
        if (aStart < 0 || bStart < 0 || length > a.Count - aStart || length > b.Count - bStart)
            return false;

        for (var i = 0; i < length; i++)
        {
            if (!CharsMatch(a[aStart + i], b[bStart + i], ignoreCase))
                return false;
        }

        return true;
    }

    public static bool RegionsMatch(ReadOnlySpan<char> a, int aStart, ICharSequence b, int bStart, int length, bool ignoreCase)
    {
        if (aStart < 0 || bStart < 0 || length > a.Length - aStart || length > b.Count - bStart)
            return false;

        for (var i = 0; i < length; i++)
        {
            if (!CharsMatch(a[aStart + i], b[bStart + i], ignoreCase))
                return false;
        }

        return true;
    }

    public static bool CharsMatch(char a, char b, bool ignoreCase) =>
        a == b || ignoreCase && char.ToUpperInvariant(a) == char.ToUpperInvariant(b);

    public static bool AsciiCharsMatch(char a, char b, bool ignoreCase) =>
        a == b || ignoreCase && ToAsciiLower(a) == ToAsciiLower(b);

    public static char ToAsciiLower(char c) => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;

    /// <summary>The first index at or after <paramref name="start"/> where <paramref name="sought"/> stands, or −1.</summary>
    public static int IndexOf(ICharSequence text, ICharSequence sought, int start, bool ignoreCase)
    {
        for (var i = Math.Max(start, 0); i <= text.Count - sought.Count; i++)
        {
            if (RegionsMatch(text, i, sought, 0, sought.Count, ignoreCase))
                return i;
        }

        return -1;
    }

    /// <summary>A hash of the upper-case characters: equal for sequences that are equal in either comparison.</summary>
    public static int Hash(ICharSequence sequence)
    {
        var hash = Seed;
        for (var i = 0; i < sequence.Count; i++)
            hash = Mix(hash, sequence[i]);
        return (int)hash;
    }

    public static int Hash(ReadOnlySpan<char> characters)
    {
        var hash = Seed;
        foreach (var character in characters)
            hash = Mix(hash, character);
        return (int)hash;
    }

    public static int Hash(ReadOnlySpan<byte> characters)
    {
        var hash = Seed;
        foreach (var character in characters)
            hash = Mix(hash, (char)character);
        return (int)hash;
    }

    private static uint Mix(uint hash, char character) =>
        (BitOperations.RotateLeft(hash, 5) ^ char.ToUpperInvariant(character)) * Multiplier;
}
