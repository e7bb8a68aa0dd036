namespace DotNetty.Common.Concurrency;

/// <summary>A piece of work an executor can run.</summary>
public interface IRunnable
{
    void Run();
}
