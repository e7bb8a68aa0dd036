namespace EchoServer;

/// <summary>A fault is one line, whatever stood in the value it quotes.</summary>
internal static class OneLine
{
    public static string Of(string text) =>
        string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
}
