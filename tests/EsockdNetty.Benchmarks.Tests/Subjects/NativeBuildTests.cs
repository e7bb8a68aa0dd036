using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Tests.Subjects;

public sealed class NativeBuildTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("esockd-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Says_when_there_is_no_compiler()
    {
        NativeBuild build = Of("int main(void) { return 0; }", compiler: "no-such-compiler");

        string? fault = build.Build();

        Assert.Equal("no C compiler (no-such-compiler) is installed", fault);
    }

    [NativeFact]
    public void Says_what_the_compiler_did_not_like()
    {
        NativeBuild build = Of("#error not today\n");

        string? fault = build.Build();

        Assert.Contains("error", fault, StringComparison.Ordinal);
        Assert.Contains("not today", fault, StringComparison.Ordinal);
        Assert.False(File.Exists(build.Program));
    }

    [NativeFact]
    public void Builds_a_source_once()
    {
        NativeBuild build = Of("int main(void) { return 0; }");
        Assert.Null(build.Build());
        File.WriteAllText(build.Program, "kept");

        string? fault = build.Build();

        Assert.Null(fault);
        Assert.Equal("kept", File.ReadAllText(build.Program));
    }

    [Fact]
    public void A_changed_source_or_flag_is_another_program()
    {
        string first = Of("int main(void) { return 0; }").Program;
        string other = Of("int main(void) { return 1; }").Program;
        string flagged = Of("int main(void) { return 0; }", flags: "-O3").Program;

        Assert.Equal(3, new HashSet<string> { first, other, flagged }.Count);
    }

    private NativeBuild Of(string source, string compiler = "gcc", params string[] flags)
    {
        string file = Path.Combine(_folder.FullName, "source.c");
        File.WriteAllText(file, source);
        return new NativeBuild(compiler, flags, file, _folder.FullName);
    }
}
