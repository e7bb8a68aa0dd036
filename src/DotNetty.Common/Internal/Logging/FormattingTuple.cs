#nullable disable
namespace DotNetty.Common.Internal.Logging;

/// <summary>What <see cref="MessageFormatter"/> made of a format and its arguments.</summary>
public readonly struct FormattingTuple
{
    public FormattingTuple(string message)
        : this(message, null, null)
    {
    }

    public FormattingTuple(string message, object[] argArray, Exception exception)
    {
        Message = message;
        ArgArray = argArray;
        Exception = exception;
    }

    public string Message { get; }

    public object[] ArgArray { get; }

    /// <summary>The last argument, when it is an exception and no placeholder took it.</summary>
    public Exception Exception { get; }
}
