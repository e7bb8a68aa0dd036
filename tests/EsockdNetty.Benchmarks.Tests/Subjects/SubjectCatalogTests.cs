using EsockdNetty.Benchmarks.Subjects;

namespace EsockdNetty.Benchmarks.Tests.Subjects;

public sealed class SubjectCatalogTests
{
    private static readonly ServeOptions Raw = new(Framing.Raw, Tls: false, Loops: 1, AwaitWrites: false);

    [Fact]
    public void Every_subject_is_there_or_has_a_reason()
    {
        var missing = new List<string>();

        IReadOnlyList<Subject> subjects = SubjectCatalog.For(Raw, missing.Add);

        string[] expected =
            ["C epoll", "EchoServer epoll", "EchoServer sockets", "Kestrel", "Socket loop", "serve esockd-epoll", "serve esockd-sockets"];
        string[] told = [.. missing.Select(static word => word.Split(':')[0])];
        Assert.Equal(expected, subjects.Select(static subject => subject.Name).Concat(told).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EchoServer_which_has_no_promises_to_await_is_missing_with_a_word()
    {
        var missing = new List<string>();

        IReadOnlyList<Subject> subjects = SubjectCatalog.For(Raw with { AwaitWrites = true }, missing.Add);

        Assert.DoesNotContain(subjects, static subject => subject.Name.StartsWith("EchoServer", StringComparison.Ordinal));
        Assert.Contains("EchoServer epoll: it writes without promises", missing);
    }

    [Fact]
    public void EchoServer_holds_idle_connections_however_slowly_the_last_is_opened()
    {
        IEnumerable<Subject> subjects = SubjectCatalog.For(Raw, static _ => { }).Where(static subject => subject.Name.StartsWith("EchoServer", StringComparison.Ordinal));

        string[] expected = ["--idle-timeout", "3600"];
        Assert.NotEmpty(subjects);
        Assert.All(subjects, subject => Assert.Equal(expected, subject.Arguments.SkipWhile(static argument => argument != "--idle-timeout").Take(2)));
    }
}
