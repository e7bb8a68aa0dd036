#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>Compares character sequences of any kind by content.</summary>
internal sealed class CharSequenceHashingStrategy : IHashingStrategy<ICharSequence>
{
    private readonly bool _ignoreCase;

    public CharSequenceHashingStrategy(bool ignoreCase) => _ignoreCase = ignoreCase;

    public bool Equals(ICharSequence x, ICharSequence y) => CharSequenceComparison.AreEqual(x, y, _ignoreCase);

    public int GetHashCode(ICharSequence obj) => HashCode(obj);

    public int HashCode(ICharSequence obj) => obj is null ? 0 : obj.HashCode(_ignoreCase);
}
