using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DotNetty.Common.Internal.Logging;

/// <summary>
/// What a peer supplied, as it may stand in a log: one line whatever is in it, and not longer than <see cref="MostCharacters"/>. A client on a unix
/// socket chooses its own path, line ends included.
/// </summary>
public static class PeerText
{
    /// <summary>Characters after which a text is cut.</summary>
    public const int MostCharacters = 256;

    private const char Cut = '…';

    /// <summary>The peer at that end point; one that has no name is said to have none.</summary>
    public static string Of(EndPoint? peer) => peer switch
    {
        null => "an unknown peer",
        IPEndPoint => peer.ToString()!,
        _ when peer.ToString() is { Length: > 0 } name => Of(name),
        UnixDomainSocketEndPoint => "an unnamed unix socket",
        _ => peer.GetType().Name,
    };

    /// <summary>The text itself where nothing in it must be escaped or cut. Control and format characters and the backslash are escaped as in C#.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= MostCharacters && text.EnumerateRunes().All(IsPlain))
        {
            return text;
        }

        var safe = new StringBuilder(MostCharacters + 1);
        foreach (Rune rune in text.EnumerateRunes())
        {
            string piece = Escaped(rune);
            if (safe.Length + piece.Length > MostCharacters)
            {
                return safe.Append(Cut).ToString();
            }

            safe.Append(piece);
        }

        return safe.ToString();
    }

    // Half a surrogate pair comes as the replacement character.
    private static string Escaped(Rune rune) => rune switch
    {
        { Value: '\\' } => @"\\",
        _ when IsPlain(rune) => rune.ToString(),
        { IsBmp: true } => $"\\u{rune.Value:x4}",
        _ => $"\\U{rune.Value:x8}",
    };

    // Format characters turn the direction of what follows, or cannot be seen.
    private static bool IsPlain(Rune rune) => rune.Value is not ('\\' or 0xFFFD) && Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
