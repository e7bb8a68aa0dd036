using EsockdNetty.Benchmarks.Reporting;

namespace EsockdNetty.Benchmarks.Tests.Reporting;

public class MachineFactsTests
{
    [Fact]
    public void The_processors_model_is_read_and_its_architecture_stands_in()
    {
        Assert.Equal("Fast CPU: 9", MachineFacts.ModelOf(["processor\t: 0", "model name\t: Fast CPU: 9", "model name\t: other"]));
        Assert.NotEmpty(MachineFacts.ModelOf([]));
    }
}
