#nullable disable
using DotNetty.Common.Utilities;

namespace DotNetty.Codecs;

/// <summary>What became of decoding a message: it goes on, it succeeded, or it failed.</summary>
public class DecoderResult
{
    protected static readonly Signal SignalUnfinished = Signal.ValueOf(typeof(DecoderResult), "UNFINISHED");
    protected static readonly Signal SignalSuccess = Signal.ValueOf(typeof(DecoderResult), "SUCCESS");

    /// <summary>More of the message is to come.</summary>
    public static readonly DecoderResult Unfinished = new(SignalUnfinished);

    /// <summary>The message is whole.</summary>
    public static readonly DecoderResult Success = new(SignalSuccess);

    private readonly Exception _cause;

    protected DecoderResult(Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        _cause = cause;
    }

    public bool IsFinished => !ReferenceEquals(_cause, SignalUnfinished);

    public bool IsSuccess => ReferenceEquals(_cause, SignalSuccess);

    public bool IsFailure => IsFinished && !IsSuccess;

    /// <summary>Why it failed; null where it did not.</summary>
    public Exception Cause => IsFailure ? _cause : null;

    /// <summary>Decoding failed because of <paramref name="cause"/>.</summary>
    public static DecoderResult Failure(Exception cause) => new(cause);

    public override string ToString()
    {
        if (!IsFinished)
        {
            return "unfinished";
        }

        return IsSuccess ? "success" : $"failure({_cause})";
    }
}
