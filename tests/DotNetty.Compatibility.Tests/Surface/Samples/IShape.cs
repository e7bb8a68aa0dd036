#nullable disable
namespace DotNetty.Compatibility.Tests.Surface.Samples;

public interface IShape
{
    int Corners { get; }
}
