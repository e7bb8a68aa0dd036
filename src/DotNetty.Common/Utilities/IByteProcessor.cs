namespace DotNetty.Common.Utilities;

/// <summary>Visits bytes one by one.</summary>
public interface IByteProcessor
{
    /// <summary>Looks at one byte.</summary>
    /// <returns>True to go on, false to stop at this byte.</returns>
    bool Process(byte value);
}
