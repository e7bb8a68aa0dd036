using EsockdNetty.Benchmarks.Running;

namespace EsockdNetty.Benchmarks.Tests.Running;

public class BudgetTests
{
    [Theory]
    [InlineData(1.11, 1.13, nameof(Verdict.Missed))]
    [InlineData(1.00, 1.10, nameof(Verdict.Within))]
    [InlineData(1.09, 1.11, nameof(Verdict.Undecided))]
    public void A_budget_is_missed_when_the_whole_interval_is_above_it(double low, double high, string verdict)
    {
        var interval = new Interval((low + high) / 2, low, high, Sure: true);

        Assert.Equal(verdict, Budget.Judge(interval, 1.10, Budget.FewestRounds).ToString());
    }

    [Fact]
    public void Fewer_than_seven_rounds_decide_nothing()
    {
        var interval = new Interval(9, 8, 10, Sure: true);

        Assert.Equal(Verdict.Undecided, Budget.Judge(interval, 1.10, Budget.FewestRounds - 1));
    }

    [Fact]
    public void Without_a_budget_there_is_no_verdict()
    {
        Assert.Equal(Verdict.None, Budget.Judge(new Interval(9, 8, 10, Sure: true), null, 7));
    }

    [Theory]
    [InlineData("c1", 1.10)]
    [InlineData("roundtrip", 1.00)]
    [InlineData("c1000", 1.10)]
    [InlineData("c64", 1.10)]
    [InlineData("d16", 1.15)]
    [InlineData("s16k", 1.10)]
    [InlineData("p2d16", 1.15)]
    [InlineData("connect", 1.15)]
    [InlineData("tls-c64", 1.20)]
    [InlineData("handshake", 1.15)]
    [InlineData("paced", 1.10)]
    [InlineData("idle", 2.0)]
    [InlineData("idle-100k", 2.0)]
    [InlineData("sockets-c1", 1.40)]
    [InlineData("sockets-c64", 1.10)]
    [InlineData("sockets-d16", 1.10)]
    [InlineData("tls-s16k", null)]
    public void The_budgets_are_those_that_were_promised(string workload, double? most)
    {
        Assert.Contains(WorkloadCatalog.All, known => known.Name == workload);
        Assert.Equal(most, Budget.Of(workload));
    }

    [Fact]
    public void Two_loops_are_to_be_worth_one_and_eight_tenths()
    {
        Assert.Equal(1.8, 1 / Budget.Of("loops")!.Value, 9);
    }
}
