namespace EsockdNetty.Accepting.Overload;

/// <summary>One cause of overload. Asked once a second, by one thread at a time, off the loops.</summary>
internal interface IOverloadCheck
{
    /// <summary>The cause with its measured value while there is overload; null otherwise.</summary>
    string? Judge();
}
