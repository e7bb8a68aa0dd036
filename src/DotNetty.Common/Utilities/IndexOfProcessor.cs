namespace DotNetty.Common.Utilities;

/// <summary>Stops at the first byte that equals the given one.</summary>
public sealed class IndexOfProcessor : IByteProcessor
{
    private readonly byte _byteToFind;

    public IndexOfProcessor(byte byteToFind) => _byteToFind = byteToFind;

    public bool Process(byte value) => value != _byteToFind;
}
