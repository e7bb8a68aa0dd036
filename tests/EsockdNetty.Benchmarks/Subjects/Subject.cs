namespace EsockdNetty.Benchmarks.Subjects;

/// <summary>A server to be measured: how to start it as a process. It prints <c>listening URI</c> when it is ready and ends on SIGTERM.</summary>
internal sealed record Subject(string Name, string File, IReadOnlyList<string> Arguments);
