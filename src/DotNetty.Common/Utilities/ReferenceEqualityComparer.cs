#nullable disable
using System.Collections;
using System.Runtime.CompilerServices;

namespace DotNetty.Common.Utilities;

/// <summary>Objects are equal only to themselves, whatever their own equality says.</summary>
public sealed class ReferenceEqualityComparer : IEqualityComparer<object>, IEqualityComparer
{
    public static readonly ReferenceEqualityComparer Default = new();

    private ReferenceEqualityComparer()
    {
    }

    public new bool Equals(object x, object y) => ReferenceEquals(x, y);

    public int GetHashCode(object obj) => RuntimeHelpers.GetHashCode(obj);
}
