using System.Text;
using EsockdNetty.Accepting;
using EsockdNetty.Connections;

namespace EsockdNetty.Statistics;

/// <summary>The word of a reason wherever it is written out: in metrics, activities and statistics' text. <c>SlowConsumer</c> is <c>slow_consumer</c>.</summary>
public static class ReasonWords
{
    /// <summary>The word of why a connection was refused.</summary>
    public static string Word(this RefusalReason reason) => Words<RefusalReason>.Of[(int)reason];

    /// <summary>The word of why a connection ended.</summary>
    public static string Word(this CloseReason reason) => Words<CloseReason>.Of[(int)reason];

    private static string SnakeCase(string name)
    {
        var word = new StringBuilder(name.Length + 4);
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && word.Length > 0)
            {
                word.Append('_');
            }

            word.Append(char.ToLowerInvariant(letter));
        }

        return word.ToString();
    }

    // Made once: a word costs nothing where it is used.
    private static class Words<TReason>
        where TReason : struct, Enum
    {
        public static readonly string[] Of = [.. Enum.GetNames<TReason>().Select(SnakeCase)];
    }
}
