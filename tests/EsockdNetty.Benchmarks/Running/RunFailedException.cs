namespace EsockdNetty.Benchmarks.Running;

/// <summary>A run that is worth nothing: a byte was wrong, or a program did not do what it should.</summary>
internal sealed class RunFailedException(string message) : Exception(message);
