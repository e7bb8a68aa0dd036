using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.EndToEndTests;

/// <summary>Whatever is wrong with the arguments, the answer is exit code 2 and one line with option, value and remedy.</summary>
public class BadInputTests
{
    [Fact]
    public Task An_unknown_option_is_named() => RefusedStart.OfAsync(["--colour", "red"], "--colour", "--help");

    [Fact]
    public Task A_bad_value_is_quoted() => RefusedStart.OfAsync(["--packet", "3"], "--packet", "3", "use raw, 1, 2, 4");

    [Fact]
    public Task An_option_to_come_is_called_so() => RefusedStart.OfAsync(["--trusted-proxy", "10.0.0.0/8"], "--trusted-proxy", "not yet available", "leave it out");

    [Fact]
    public Task An_unknown_host_is_named() =>
        RefusedStart.OfAsync(["--listen", "tcp://no-such-host.invalid:5000"], "--listen", "tcp://no-such-host.invalid:5000", "host");

    [Fact]
    public Task A_missing_certificate_is_named() => RefusedStart.OfAsync(["--cert", "/nowhere/site.pem"], "--cert", "/nowhere/site.pem", "no such file");

    [Fact]
    public Task A_key_of_another_certificate_is_named() =>
        RefusedStart.OfAsync(
            ["--listen", "ssl://127.0.0.1:0", "--cert", Certificates.At("server.pem"), "--key", Certificates.ClientKey],
            "--key", Certificates.ClientKey, "no key that belongs");

    [Fact]
    public async Task A_certificate_that_is_none_is_named()
    {
        using var folder = new TemporaryFolder();
        string path = folder.At("site.pem");
        await File.WriteAllTextAsync(path, "no certificate at all");

        await RefusedStart.OfAsync(["--listen", "ssl://127.0.0.1:0", "--cert", path], "--cert", path);
    }
}
