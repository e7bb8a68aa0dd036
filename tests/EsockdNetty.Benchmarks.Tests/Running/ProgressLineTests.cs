using EsockdNetty.Benchmarks.Running;

namespace EsockdNetty.Benchmarks.Tests.Running;

public class ProgressLineTests
{
    [Fact]
    public void A_terminal_has_one_line_rewritten_and_a_file_has_plain_ones()
    {
        var terminal = new StringWriter();
        var file = new StringWriter();
        foreach ((StringWriter output, bool rewrites) in ((StringWriter, bool)[])[(terminal, true), (file, false)])
        {
            var progress = new ProgressLine(output, rewrites);
            progress.Show("one");
            progress.Show("two");
            progress.Clear();
        }

        Assert.Equal("\r\u001b[Kone\r\u001b[Ktwo\r\u001b[K", terminal.ToString());
        Assert.Equal(["one", "two"], file.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
