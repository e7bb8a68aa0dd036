namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>A server to be measured: how to start it as a process.</summary>
internal sealed record Subject(string Name, string File, IReadOnlyList<string> Arguments);
