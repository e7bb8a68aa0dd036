namespace DotNetty.Common.Utilities;

/// <summary>Stops at the first byte that differs from the given one.</summary>
public sealed class IndexNotOfProcessor : IByteProcessor
{
    private readonly byte _byteToNotFind;

    public IndexNotOfProcessor(byte byteToNotFind) => _byteToNotFind = byteToNotFind;

    public bool Process(byte value) => value == _byteToNotFind;
}
