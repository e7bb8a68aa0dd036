#nullable disable
namespace DotNetty.Compatibility.Tests.Surface.Samples;

public enum Colour
{
    Red = 1,
    Green = 2,
}
