#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>Values that strangers keep with an object, each under its own key. May be used from any thread.</summary>
public interface IAttributeMap
{
    /// <summary>The attribute of <paramref name="key"/>; there is always one, its value is null until it is set.</summary>
    IAttribute<T> GetAttribute<T>(AttributeKey<T> key)
        where T : class;

    /// <summary>Whether the attribute was asked for before and not removed since.</summary>
    bool HasAttribute<T>(AttributeKey<T> key)
        where T : class;
}
