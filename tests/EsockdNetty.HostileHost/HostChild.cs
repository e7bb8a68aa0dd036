using System.Diagnostics;

namespace EsockdNetty.HostileHost;

/// <summary>A program that the host starts, and what it finds itself with, line by line on the host's standard error.</summary>
public static class HostChild
{
    /// <summary>How each line begins.</summary>
    public const string Found = "child ";

    /// <summary>The last line.</summary>
    public const string End = "child end";

    // The shell's own descriptors, those above what was handed in, are of no interest.
    private const string Script =
        "env | sed -n 's/^\\([A-Za-z_]*\\)=.*/child variable \\1/p' >&2; "
        + "for number in 0 1 2 3 4 5; do if [ -e /proc/$$/fd/$number ]; then echo \"child descriptor $number $(readlink /proc/$$/fd/$number)\" >&2; fi; done; "
        + $"echo '{End}' >&2";

    internal static async Task RunAsync()
    {
        // Not the host's own input and output, of which each line has a meaning.
        var start = new ProcessStartInfo("sh", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process child = Process.Start(start) ?? throw new InvalidOperationException("sh did not start");
        await child.WaitForExitAsync();
    }
}
