using System.Net;
using EsockdNetty.Benchmarks.Subjects;
using EsockdNetty.EndToEndTests.Peers;
using EsockdNetty.EndToEndTests.Server;

namespace EsockdNetty.Benchmarks.Tests.Subjects;

/// <summary>A subject as a process that has said where it listens.</summary>
internal sealed class RunningSubject : IAsyncDisposable
{
    private const string Announcement = "listening ";

    private readonly ChildProgram _program;
    private readonly Uri _address;

    private RunningSubject(ChildProgram program)
    {
        _program = program;
        _address = new Uri(program.Output.Split('\n')[0][Announcement.Length..]);
    }

    public bool IsTls => _address.Scheme == "ssl";

    public IPEndPoint EndPoint => new(IPAddress.Parse(_address.Host), _address.Port);

    /// <summary>Starts the subject of that name in the catalog.</summary>
    public static Task<RunningSubject> StartAsync(string name, ServeOptions options)
    {
        var missing = new List<string>();
        Subject? subject = SubjectCatalog.For(options, missing.Add).SingleOrDefault(subject => subject.Name == name);
        return subject is not null ? StartAsync(subject) : throw new InvalidOperationException($"no {name}; {string.Join("; ", missing)}");
    }

    public static async Task<RunningSubject> StartAsync(Subject subject)
    {
        var program = new ChildProgram(subject.File, subject.Arguments);
        try
        {
            await program.OutputAsync(static text => text.StartsWith(Announcement, StringComparison.Ordinal) && text.Contains('\n'));
            return new RunningSubject(program);
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes a line and returns the one that the subject answers.</summary>
    public async Task<string> AskAsync(string line)
    {
        int before = _program.Output.Count(static character => character == '\n');
        await _program.WriteAsync(line + "\n");
        await _program.OutputAsync(text => text.Count(static character => character == '\n') > before);
        return _program.Output.Split('\n')[before];
    }

    public async Task<int> TerminateAsync()
    {
        await Signals.SendAsync("TERM", _program.Id);
        return await _program.ExitAsync();
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
