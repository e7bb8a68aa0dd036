namespace EsockdNetty;

/// <summary>Collects what is wrong with the options below one path.</summary>
internal sealed class OptionFaults(string path)
{
    private readonly List<OptionFault> _faults = [];

    public IReadOnlyList<OptionFault> All => _faults;

    public void Add(string option, object? value, string remedy) => _faults.Add(new OptionFault($"{path}:{option}", value, remedy));

    public void AtLeast(string option, long? value, long least)
    {
        if (value < least)
        {
            Add(option, value, $"use {least} or more");
        }
    }

    public void Within(string option, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            Add(option, value, $"use {least} to {most}");
        }
    }

    public void Defined<T>(string option, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            Add(option, value, $"use {string.Join(" or ", Enum.GetNames<T>())}");
        }
    }

    /// <summary>Zero is never "unlimited"; null is, where the option allows it.</summary>
    public void Positive(string option, TimeSpan? value)
    {
        if (value <= TimeSpan.Zero)
        {
            Add(option, value, "use a time above zero");
        }
        else if (value > TimeSpan.FromDays(24))
        {
            Add(option, value, "use 24 days or less");
        }
    }
}
