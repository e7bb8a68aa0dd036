#nullable disable
namespace DotNetty.Common;

/// <summary>A hint that prints itself for leak reports.</summary>
public interface IResourceLeakHint
{
    /// <summary>One line a reader of the report understands.</summary>
    string ToHintString();
}
