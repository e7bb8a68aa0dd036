#nullable disable
using DotNetty.Common.Utilities;

namespace DotNetty.Codecs;

/// <summary>A codec was given a message of a type it does not know.</summary>
public class UnsupportedMessageTypeException : CodecException
{
    public UnsupportedMessageTypeException(object message, params Type[] expectedTypes)
        : base(Describe(message, expectedTypes))
    {
    }

    public UnsupportedMessageTypeException()
    {
    }

    public UnsupportedMessageTypeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public UnsupportedMessageTypeException(string message)
        : base(message)
    {
    }

    public UnsupportedMessageTypeException(Exception innerException)
        : base(innerException)
    {
    }

    private static string Describe(object message, Type[] expectedTypes)
    {
        string given = message is null ? "null" : StringUtil.SimpleClassName(message);
        return expectedTypes is { Length: > 0 }
            ? $"{given} (expected: {string.Join(", ", expectedTypes.Select(static type => type.Name))})"
            : given;
    }
}
