using DotNetty.Transport.Channels.Groups;

namespace DotNetty.Transport.Tests.Channels.Groups;

public sealed class CombinedEnumeratorTests
{
    [Theory]
    [InlineData(new int[0], new int[0])]
    [InlineData(new[] { 1, 2 }, new int[0])]
    [InlineData(new int[0], new[] { 3 })]
    [InlineData(new[] { 1, 2 }, new[] { 3 })]
    public void One_follows_the_other(int[] first, int[] second)
    {
        using var both = new CombinedEnumerator<int>(((IEnumerable<int>)first).GetEnumerator(), ((IEnumerable<int>)second).GetEnumerator());

        List<int> once = Drain(both);
        both.Reset();
        List<int> again = Drain(both);

        Assert.Equal([.. first, .. second], once);
        Assert.Equal(once, again);
        Assert.False(both.MoveNext());
    }

    private static List<int> Drain(CombinedEnumerator<int> enumerator)
    {
        var all = new List<int>();
        while (enumerator.MoveNext())
        {
            all.Add(enumerator.Current);
        }

        return all;
    }
}
