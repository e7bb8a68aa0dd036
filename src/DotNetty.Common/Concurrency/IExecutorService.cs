#nullable disable
namespace DotNetty.Common.Concurrency;

/// <summary>An executor that can be stopped and whose work can have results.</summary>
public interface IExecutorService : IExecutor
{
    /// <summary>True once no further work is accepted.</summary>
    bool IsShutdown { get; }

    /// <summary>True once the last piece of work has run.</summary>
    bool IsTerminated { get; }

    Task<T> SubmitAsync<T>(Func<T> func);

    Task<T> SubmitAsync<T>(Func<T> func, CancellationToken cancellationToken);

    Task<T> SubmitAsync<T>(Func<object, T> func, object state);

    Task<T> SubmitAsync<T>(Func<object, T> func, object state, CancellationToken cancellationToken);

    Task<T> SubmitAsync<T>(Func<object, object, T> func, object context, object state);

    Task<T> SubmitAsync<T>(Func<object, object, T> func, object context, object state, CancellationToken cancellationToken);
}
