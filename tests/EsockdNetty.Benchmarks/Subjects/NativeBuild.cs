using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>Compiles one C file, and keeps the program in a folder under the hash of what it was made of.</summary>
internal sealed class NativeBuild(string compiler, IReadOnlyList<string> flags, string source, string folder)
{
    /// <summary>Where the program is once it has been built.</summary>
    public string Program => Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(source)}-{Hash()}");

    /// <summary>Builds it, unless it is there.</summary>
    /// <returns>What went wrong, or null.</returns>
    public string? Build()
    {
        string program = Program;
        if (File.Exists(program))
            return null;

        // Moved to its place when it is whole: others may build it at the same time.
        Directory.CreateDirectory(folder);
        string unfinished = $"{program}.{Environment.ProcessId}";
        if (Compile(unfinished) is { } fault)
            return fault;

        File.Move(unfinished, program, overwrite: true);
        return null;
    }

    private string Hash()
    {
        byte[] made = [.. File.ReadAllBytes(source), .. Encoding.UTF8.GetBytes(string.Join(' ', [compiler, .. flags]))];
        return Convert.ToHexStringLower(SHA256.HashData(made))[..16];
    }

    private string? Compile(string program)
    {
        // Libraries stand behind what needs them.
        var start = new ProcessStartInfo(compiler, ["-o", program, source, .. flags]) { RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{compiler} could not build it: {FirstError(errors)}";
        }
        catch (Win32Exception)
        {
            return $"no C compiler ({compiler}) is installed";
        }
    }

    private static string FirstError(string errors)
    {
        string[] lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.FirstOrDefault(static line => line.Contains("error", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "it does not say why";
    }
}
