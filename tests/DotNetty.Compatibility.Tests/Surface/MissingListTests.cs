namespace DotNetty.Compatibility.Tests.Surface;

public sealed class MissingListTests
{
    private const string One = "entries: 1\n# plumbing\n\nX.Y.Z() — a queue of the old code, which nobody can reach\n";

    [Fact]
    public void Agrees_with_what_is_missing()
    {
        Assert.Empty(FaultsOf(One, "X.Y.Z()"));
    }

    [Fact]
    public void Names_a_gap_that_is_not_listed()
    {
        Assert.Equal(["Missing, and not in the list: X.Y.New"], FaultsOf(One, "X.Y.Z()", "X.Y.New"));
    }

    [Fact]
    public void Names_what_is_listed_and_there()
    {
        Assert.Equal(["No longer missing, strike it out: X.Y.Z()"], FaultsOf(One));
    }

    [Fact]
    public void Demands_a_reason()
    {
        Assert.Equal(["Without a reason: X.Y.Z()"], FaultsOf("entries: 1\nX.Y.Z() — later\n", "X.Y.Z()"));
    }

    [Fact]
    public void Lets_the_list_not_grow_unannounced()
    {
        Assert.Equal(["The list may only shrink: 1 entries, 0 announced in its head."], FaultsOf(One.Replace("entries: 1", "entries: 0"), "X.Y.Z()"));
    }

    [Fact]
    public void Keeps_the_head_down_when_the_list_shrinks()
    {
        Assert.Equal(["The list shrank: lower its head from 2 to 1."], FaultsOf(One.Replace("entries: 1", "entries: 2"), "X.Y.Z()"));
    }

    [Theory]
    [InlineData("X.Y.Z() — without a head")]
    [InlineData("entries: 1\nX.Y.Z() without a dash")]
    public void Refuses_another_form(string text)
    {
        Assert.Throws<FormatException>(() => MissingList.Read(new StringReader(text)));
    }

    private static IReadOnlyList<string> FaultsOf(string list, params string[] gaps) => MissingList.Read(new StringReader(list)).Faults(gaps);
}
