#nullable disable
namespace DotNetty.Common.Concurrency;

/// <summary>A piece of work that has a result.</summary>
public interface ICallable<out T>
{
    T Call();
}
