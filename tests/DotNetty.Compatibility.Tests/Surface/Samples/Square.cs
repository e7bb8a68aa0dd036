namespace DotNetty.Compatibility.Tests.Surface.Samples;

public sealed class Square : Shape<string>
{
    public Square()
        : base("")
    {
    }

    public override void Draw(string onto)
    {
    }
}
