using System.CommandLine;
using System.CommandLine.Parsing;

namespace EchoServer;

/// <summary>Reads the text of one option: what is wrong with it and what to write instead, or null and the value.</summary>
internal delegate string? ValueReader<T>(string text, out T value);

/// <summary>Takes values out of parsed arguments and keeps the first fault it meets: one line with option, value and remedy.</summary>
internal sealed class OptionReader(ParseResult parsed)
{
    public string? Fault { get; private set; }

    public void RefuseUnknown()
    {
        if (parsed.UnmatchedTokens is [var first, ..])
            Fault ??= OneLine.Of($"{first}: not an option; --help lists them");
    }

    public void Refuse(IEnumerable<Option> options, string remedy)
    {
        foreach (Option option in options)
            if (parsed.GetResult(option) is not null)
                Fault ??= $"{option.Name}: {remedy}";
    }

    public void Report(Option option, string value, string fault) => Fault ??= OneLine.Of($"{option.Name} {value}: {fault}");

    public bool IsGiven(Option flag) => parsed.GetResult(flag) is { Implicit: false };

    /// <summary>The value of an option that may be given once; <paramref name="absent"/> when it is not given or wrong.</summary>
    public T One<T>(Option option, ValueReader<T> read, T absent)
    {
        string[] texts = Texts(option);
        if (texts.Length > 1)
            Report(option, texts[1], "given twice; give it once");
        return texts.Length == 1 ? Read(option, texts[0], read, absent) : absent;
    }

    public IReadOnlyList<T> Many<T>(Option option, ValueReader<T> read, IReadOnlyList<T> absent)
        where T : class
    {
        string[] texts = Texts(option);
        return texts.Length == 0 ? absent : [.. texts.Select(text => Read(option, text, read, null!)).OfType<T>()];
    }

    private T Read<T>(Option option, string text, ValueReader<T> read, T wrong)
    {
        if (read(text, out T value) is not { } fault)
            return value;

        Report(option, text, fault);
        return wrong;
    }

    private string[] Texts(Option option)
    {
        if (parsed.GetResult(option) is not { } result)
            return [];

        if (result.Tokens.Count < result.IdentifierTokenCount)
            Fault ??= $"{option.Name}: has no value; write {option.Name} {option.HelpName}";
        return [.. result.Tokens.Select(token => token.Value)];
    }
}
