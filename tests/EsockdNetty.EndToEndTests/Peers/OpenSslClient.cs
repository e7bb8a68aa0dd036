using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests.Peers;

/// <summary>One <c>openssl s_client</c> that verifies the server by the development authority.</summary>
internal sealed class OpenSslClient : IAsyncDisposable
{
    private readonly ChildProgram _program;

    public OpenSslClient(EchoServerProcess server, params string[] arguments) =>
        _program = new ChildProgram("openssl", [
            "s_client", "-connect", $"127.0.0.1:{server.PortText()}", "-CAfile", Certificates.Authority,
            "-verify_return_error", "-no_ign_eof", .. arguments]);

    /// <summary>Everything it printed: the session's particulars and what the server sent.</summary>
    public string Output => _program.Output;

    /// <summary>Sends a line and waits until it has come back, wherever it lands: s_client buffers its own text apart from the server's.</summary>
    public async Task EchoAsync(string line)
    {
        await _program.WriteAsync(line + "\n");
        await _program.OutputAsync(text => text.Contains(line + "\n", StringComparison.Ordinal));
    }

    /// <summary>Ends the input, so that s_client says goodbye and leaves.</summary>
    public Task<int> LeaveAsync()
    {
        _program.Input.Close();
        return _program.ExitAsync();
    }

    /// <summary>Waits for an end that comes from the other side.</summary>
    public Task<int> ExitAsync() => _program.ExitAsync();

    public override string ToString() => _program.ToString();

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
