namespace EsockdNetty.Benchmarks.Running;

/// <summary>A server sent back what it was not sent: none of its figures is worth anything.</summary>
internal sealed class WrongByteException(string message) : Exception(message);
