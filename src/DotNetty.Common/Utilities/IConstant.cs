#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>A value with a name, made once and compared by reference.</summary>
public interface IConstant
{
    /// <summary>A number unique within its pool.</summary>
    int Id { get; }

    /// <summary>A name unique within its pool.</summary>
    string Name { get; }
}
