namespace EsockdNetty.Connections;

/// <summary>The peer did not take what it was sent in time; the connection is reset.</summary>
public sealed class SendTimeoutException : IOException
{
    /// <summary>For those who do not know the age.</summary>
    public SendTimeoutException()
        : base("The peer did not take what it was sent in time.")
    {
    }

    /// <summary>Names how long the oldest byte waited.</summary>
    public SendTimeoutException(TimeSpan age)
        : base($"The peer did not take what it was sent {age.TotalSeconds:0.###} s ago.") =>
        Age = age;

    /// <summary>How long the oldest byte waited; null where it is not known.</summary>
    public TimeSpan? Age { get; }
}
