namespace EsockdNetty.Accepting.Overload;

/// <summary>Tells how much memory is in use, without needing a descriptor that may be missing by then.</summary>
internal interface IMemoryProbe
{
    /// <summary>The figures as of now; null when the system did not tell.</summary>
    MemoryReading? Read();
}
