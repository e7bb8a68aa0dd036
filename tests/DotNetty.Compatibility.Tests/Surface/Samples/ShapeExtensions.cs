#nullable disable
namespace DotNetty.Compatibility.Tests.Surface.Samples;

public static class ShapeExtensions
{
    public static int Twice(this IShape shape) => shape.Corners * 2;
}
