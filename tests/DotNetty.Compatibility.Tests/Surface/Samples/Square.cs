#nullable disable
namespace DotNetty.Compatibility.Tests.Surface.Samples;

public sealed class Square : Shape<string>
{
    public Square()
        : base("")
    {
    }

#nullable enable
    public string? Name() => null;
#nullable disable

    public override void Draw(string onto)
    {
    }
}
