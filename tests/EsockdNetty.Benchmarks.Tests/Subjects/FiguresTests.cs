using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Tests.Subjects;

public class FiguresTests
{
    [Fact]
    public void Reads_what_it_writes()
    {
        var figures = new Figures(100, 4, 2, 1, 9);

        Assert.Equal("""{"allocated":100,"gen0":4,"gen1":2,"gen2":1,"managedAfterGc":9}""", figures.Text());
        Assert.Equal(figures, Figures.Parse(figures.Text()));
    }

    [Fact]
    public void A_collection_that_the_question_began_is_not_counted()
    {
        var before = new Figures(100, 4, 2, 1, 9);
        var after = new Figures(300, 8, 3, 2, 9);

        Assert.Equal(3, after.CollectionsSince(before));
    }
}
