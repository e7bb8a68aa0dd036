namespace DotNetty.Compatibility.Tests.Surface;

/// <summary>Reads one line of the contract from left to right.</summary>
internal sealed class LineCursor(string line)
{
    private int _at;

    public bool AtEnd => _at == line.Length;

    public string Rest => line[_at..];

    public bool TryTake(string text)
    {
        if (!line.AsSpan(_at).StartsWith(text, StringComparison.Ordinal))
            return false;

        _at += text.Length;
        return true;
    }

    public void Take(string text)
    {
        if (!TryTake(text))
            throw Unexpected($"\"{text}\"");
    }

    /// <summary>Takes the words of <paramref name="known"/> that come next, each with the space after it.</summary>
    public HashSet<string> TakeWords(params string[] known)
    {
        var taken = new HashSet<string>();
        while (known.FirstOrDefault(word => TryTake(word + " ")) is { } word)
            taken.Add(word);
        return taken;
    }

    /// <summary>A name with its namespace, enclosing types, type arguments, ranks and question mark, of which the last segment is kept.</summary>
    public TypeText TakeType()
    {
        List<string> declared = [];
        string name;
        List<TypeText> arguments;
        do
        {
            name = TakeIdentifier();
            arguments = TakeArguments();
            declared.AddRange(arguments.Select(a => a.Name));
        }
        while (TryTake("."));

        return new TypeText(name, arguments, TakeSuffix()) { Declared = declared };
    }

    public string TakeIdentifier()
    {
        int start = _at;
        while (!AtEnd && (char.IsLetterOrDigit(line[_at]) || line[_at] == '_'))
            _at++;
        return _at > start ? line[start.._at] : throw Unexpected("a name");
    }

    /// <summary>Everything up to one of <paramref name="ends"/>, or the line's end.</summary>
    public string TakeUntil(params char[] ends)
    {
        int end = line.IndexOfAny(ends, _at);
        string taken = end < 0 ? Rest : line[_at..end];
        _at += taken.Length;
        return taken;
    }

    public FormatException Unexpected(string wanted) => new($"Expected {wanted} at column {_at + 1} of \"{line}\".");

    private List<TypeText> TakeArguments()
    {
        List<TypeText> arguments = [];
        if (!TryTake("<"))
            return arguments;

        do
            arguments.Add(TakeType());
        while (TryTake(", "));
        Take(">");
        return arguments;
    }

    private string TakeSuffix()
    {
        string suffix = "";
        while (true)
        {
            if (TryTake("[]"))
                suffix += "[]";
            else if (TryTake("?"))
                suffix += "?";
            else
                return suffix;
        }
    }
}
