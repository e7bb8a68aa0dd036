namespace DotNetty.Compatibility.Tests.Packaging;

/// <summary>How a command ended, and everything it wrote.</summary>
internal sealed record CommandResult(int ExitCode, string Output)
{
    /// <summary>Fails the test, with the command's output, when it did not end with 0.</summary>
    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}{Environment.NewLine}{Output}");
        return this;
    }
}
