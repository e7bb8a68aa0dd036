using DotNetty.Compatibility.Tests.Surface.Samples;

namespace DotNetty.Compatibility.Tests.Surface;

public sealed class SurfaceComparisonTests
{
    private const string Shape = "public abstract class Shape<T> : IShape where T : class";

    [Theory]
    [InlineData(Shape, "protected Samples.Shape<T>.ctor(T content, int corners = 3)")]
    [InlineData(Shape, "protected Samples.Shape<T>.ctor(T content)")]
    [InlineData(Shape, "public const int Most = 8")]
    [InlineData(Shape, "public int Samples.Shape<T>.Size")]
    [InlineData(Shape, "public int Samples.Shape<T>.Size { get; set; }")]
    [InlineData(Shape, "public int Corners { get; }")]
    [InlineData(Shape, "public T Samples.Shape<T>.Content { get; }")]
    [InlineData(Shape, "public abstract void Samples.Shape<T>.Draw(T onto)")]
    [InlineData(Shape, "public virtual bool Samples.Shape<T>.TryTurn(int degrees, out int left)")]
    [InlineData(Shape, "public bool Samples.Shape<T>.TryTurn(int degrees, out int left)")]
    [InlineData(Shape, "public A Samples.Shape<T>.Become<A>(Func<T, A> how) where A : IShape, new()")]
    [InlineData(Shape, "public static int Samples.Shape<T>.Count(params object[] values)")]
    [InlineData(Shape, "protected internal virtual void Samples.Shape<T>.Fill(long? colour)")]
    [InlineData("public sealed class Square : Shape<string>, IShape", "public string Content { get; }")]
    [InlineData("public sealed class Square : Shape<string>, IShape", "public sealed override void Square.Draw(string onto)")]
    [InlineData("public sealed class Square : Shape<string>, IShape", "public override string Square.ToString()")]
    [InlineData("public static class ShapeExtensions", "public static int ShapeExtensions.Twice(this IShape shape)")]
    [InlineData("public interface IShape", "public int Corners { get; }")]
    [InlineData("public enum Colour : int", "public const Colour Green = 2")]
    [InlineData("delegate int Reckoner(int value)", null)]
    public void Finds_what_is_there(string type, string? member)
    {
        Assert.DoesNotContain(GapsOf(type, member), gap => !gap.Contains("must implement"));
    }

    [Theory]
    [InlineData(Shape, "protected Samples.Shape<T>.ctor(int corners)", ".ctor(int)")]
    [InlineData(Shape, "public Samples.Shape<T>.ctor(T content, int corners = 3)", ".ctor(T, int) [protected]")]
    [InlineData(Shape, "protected Samples.Shape<T>.ctor(T content, int corners = 4)", ".ctor(T, int) [corners is 3 by default]")]
    [InlineData(Shape, "protected Samples.Shape<T>.ctor(T content = null, int corners = 3)", ".ctor(T, int) [no parameter may be left out]")]
    [InlineData(Shape, "public const int Most = 9", ".Most [is 8]")]
    [InlineData(Shape, "public const int Size = 9", ".Size [not static]")]
    [InlineData(Shape, "public long Samples.Shape<T>.Size", ".Size [is of int]")]
    [InlineData(Shape, "public int Corners { get; set; }", ".Corners [cannot be set]")]
    [InlineData(Shape, "public virtual int Corners { get; }", ".Corners [not virtual]")]
    [InlineData(Shape, "public static int Corners { get; }", ".Corners [not static]")]
    [InlineData(Shape, "public virtual void Samples.Shape<T>.Draw(T onto)", ".Draw(T) [abstract]")]
    [InlineData(Shape, "protected virtual bool Samples.Shape<T>.TryTurn(int degrees, out int left)", ".TryTurn(int, out int) [public: an override would have to be]")]
    [InlineData(Shape, "public virtual bool Samples.Shape<T>.TryTurn(int degrees, int left)", ".TryTurn(int, int)")]
    [InlineData(Shape, "public virtual bool Samples.Shape<T>.TryTurn(int angle, out int left)", ".TryTurn(int, out int) [angle is called degrees]")]
    [InlineData(Shape, "public A Samples.Shape<T>.Become<A>(Func<T, A> how) where A : IShape", ".Become<A>(Func<T, A>) [constrained to !!0 : IShape, new()]")]
    [InlineData(Shape, "public IShape Samples.Shape<T>.Become(Func<T, IShape> how)", ".Become(Func<T, IShape>)")]
    [InlineData(Shape, "public virtual void Samples.Shape<T>.Fill(long? colour)", ".Fill(long?) [protected]")]
    [InlineData(Shape, "protected virtual void Samples.Shape<T>.Fill(long colour)", ".Fill(long)")]
    [InlineData("public abstract class Shape<T> : IShape, IDisposable where T : class", "public int Corners { get; }", " [not a IDisposable]")]
    [InlineData("public abstract class Shape<T> : IShape", "public int Corners { get; }", " [constrained to !0 : class]")]
    [InlineData("public class Shape<T> : IShape where T : class", "public int Corners { get; }", " [abstract]")]
    [InlineData("public class Square", "public Square.ctor()", " [sealed]")]
    [InlineData("public struct Square", "public string Content { get; }", " [is a class]")]
    [InlineData("public static class ShapeExtensions", "public static int ShapeExtensions.Twice(IShape shape)", null)]
    [InlineData("public sealed class Square : Shape<string>", "public string Square.Name()", ".Name() [annotated]")]
    [InlineData("public static class Samples.ShapeExtensions", "public static int ShapeExtensions.Thrice(this IShape shape)", ".Thrice(IShape)")]
    [InlineData("public enum Colour : int", "public const Colour Green = 3", ".Green [is 2]")]
    [InlineData("public enum Colour : byte", "public const Colour Green = 2", " [not a byte]")]
    [InlineData("delegate int Reckoner(long value)", null, ".Invoke")]
    public void Names_what_is_missing_or_different(string type, string? member, string? gap)
    {
        string name = type.Split(" : ")[0].Split(" where ")[0].Split('(')[0].Split(' ')[^1].Replace("Samples.", "");
        string[] expected = gap is null ? [] : [$"{typeof(Square).Namespace}.{name}{gap}"];

        Assert.Equal(expected, GapsOf(type, member).Where(found => !found.Contains("must implement")));
    }

    [Fact]
    public void Names_a_type_that_is_missing_once()
    {
        Assert.Equal([$"{typeof(Square).Namespace}.Circle<T>"], GapsOf("public class Circle<T>", "public int Radius { get; }"));
    }

    [Theory]
    [InlineData("public interface IShape", "public void IShape.Draw()", "IShape [must implement Corners]")]
    [InlineData(Shape, "protected Samples.Shape<T>.ctor(T content)", "Shape<T> [must implement Draw(!0)]")]
    public void Names_what_a_user_would_have_to_implement_beyond_the_contract(string type, string member, string gap)
    {
        Assert.Contains($"{typeof(Square).Namespace}.{gap}", GapsOf(type, member));
    }

    [Fact]
    public void Notes_a_property_that_is_a_field_here()
    {
        Assert.Equal([$"{typeof(Square).Namespace}.Shape<T>.Size is a Field here"], Compare(Shape, "public int Samples.Shape<T>.Size { get; set; }").Notes());
    }

    private static IReadOnlyList<string> GapsOf(string type, string? member) => Compare(type, member).Gaps();

    private static SurfaceComparison Compare(string type, string? member)
    {
        string contract = $"namespace {typeof(Square).Namespace}\n  {type}\n" + (member is null ? "" : $"    {member}\n");
        return new SurfaceComparison(
            ContractReader.Read(new StringReader(contract)),
            SurfaceReader.Read([typeof(Reckoner), typeof(Colour), typeof(IShape), typeof(Shape<>), typeof(ShapeExtensions), typeof(Square)]));
    }
}
