using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Tests.Subjects;

public sealed class ServeArgumentsTests
{
    [Fact]
    public void Reads_what_it_writes()
    {
        var options = new ServeOptions(Framing.Packet4, Tls: true, Loops: 3, AwaitWrites: true);
        var written = new ServeArguments(ServerKind.EsockdSockets, options, Spin: false);

        ServeArguments? read = ServeArguments.Parse(written.Text);

        Assert.Equal(written, read);
    }

    [Fact]
    public void Serves_raw_bytes_on_one_loop_when_nothing_else_is_asked_for()
    {
        ServeArguments? read = ServeArguments.Parse(["kestrel"]);

        Assert.Equal(new ServeArguments(ServerKind.Kestrel, new ServeOptions(Framing.Raw, Tls: false, Loops: 1, AwaitWrites: false)), read);
    }

    [Theory]
    [InlineData]
    [InlineData("netty")]
    [InlineData("kestrel", "--framing")]
    [InlineData("kestrel", "--framing", "packet3")]
    [InlineData("kestrel", "--loops", "0")]
    [InlineData("kestrel", "--fast")]
    public void Refuses_what_it_does_not_know(params string[] arguments) => Assert.Null(ServeArguments.Parse(arguments));
}
