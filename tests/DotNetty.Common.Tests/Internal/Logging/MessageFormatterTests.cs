using DotNetty.Common.Internal.Logging;

namespace DotNetty.Common.Tests.Internal.Logging;

public sealed class MessageFormatterTests
{
    [Theory]
    [InlineData("hi {}.", "hi you.")]
    [InlineData("{}", "you")]
    [InlineData("none", "none")]
    [InlineData("{} and {}", "you and {}")]
    [InlineData(@"\{} {}", "{} you")]
    [InlineData(@"\\{}", @"\you")]
    [InlineData("{ } {", "{ } {")]
    [InlineData("", "")]
    public void Fills_one_placeholder(string format, string expected) =>
        Assert.Equal(expected, MessageFormatter.Format(format, "you").Message);

    [Fact]
    public void Fills_placeholders_in_order() =>
        Assert.Equal("1, 2, null", MessageFormatter.ArrayFormat("{}, {}, {}", [1, 2, null]).Message);

    [Fact]
    public void Prints_arrays_by_element() =>
        Assert.Equal("[1, [2, 3], null]", MessageFormatter.Format("{}", (object)new object?[] { 1, new[] { 2, 3 }, null }).Message);

    [Fact]
    public void Prints_an_array_that_holds_itself()
    {
        var array = new object[1];
        array[0] = array;

        Assert.Contains("...", MessageFormatter.Format("{}", (object)array).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Survives_an_argument_that_cannot_be_printed() =>
        Assert.Contains(nameof(Unprintable), MessageFormatter.Format("{}", new Unprintable()).Message, StringComparison.Ordinal);

    [Fact]
    public void Takes_an_exception_left_over_at_the_end()
    {
        var failure = new InvalidOperationException();

        Assert.Same(failure, MessageFormatter.Format("failed: {}", "why", failure).Exception);
        Assert.Null(MessageFormatter.Format("failed: {}", failure).Exception);
        Assert.Null(MessageFormatter.Format("failed: {}", failure, "why").Exception);
    }

    private sealed class Unprintable
    {
        public override string ToString() => throw new InvalidOperationException();
    }
}
