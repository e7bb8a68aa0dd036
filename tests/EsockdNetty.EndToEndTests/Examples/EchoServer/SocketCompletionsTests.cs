using EchoServer;

namespace EsockdNetty.EndToEndTests.Examples.EchoServer;

public sealed class SocketCompletionsTests : IDisposable
{
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);

    public void Dispose() => Environment.SetEnvironmentVariable(Variable, _before);

    [Theory]
    [InlineData(null, "1")]
    [InlineData("0", "0")]
    public void Are_taken_inline_unless_somebody_has_decided(string? decided, string expected)
    {
        // Too late for this process: its sockets have read it, or read what is put back.
        Environment.SetEnvironmentVariable(Variable, decided);

        SocketCompletions.TakeInline();

        Assert.Equal(expected, Environment.GetEnvironmentVariable(Variable));
    }
}
