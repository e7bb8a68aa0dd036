using System.Reflection;
using BenchmarkDotNet.Attributes;
using EsockdNetty.Benchmarks.Micro;

namespace EsockdNetty.Benchmarks.Tests.Micro;

public class MicroBenchmarkTests
{
    /// <summary>Every class of benchmarks with each value of its parameter, for each of its methods.</summary>
    public static IEnumerable<object?[]> All => Cases();

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_benchmark_runs(Type type, object? parameter, string method)
    {
        MethodInfo benchmark = type.GetMethod(method)!;

        // On a thread of its own, which stands for a loop and may have a pool.
        await Task.Factory.StartNew(() => Run(type, parameter, benchmark), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static IEnumerable<object?[]> Cases() =>
        from type in typeof(MicroBenchmarks).Assembly.GetTypes()
        where !type.IsAbstract
        from method in type.GetMethods()
        where method.IsDefined(typeof(BenchmarkAttribute))
        from value in Parameter(type)?.GetCustomAttribute<ParamsAttribute>()!.Values ?? [null]
        select (object?[])[type, value, method.Name];

    private static PropertyInfo? Parameter(Type type) =>
        type.GetProperties().SingleOrDefault(static property => property.IsDefined(typeof(ParamsAttribute)));

    private static void Run(Type type, object? parameter, MethodInfo benchmark)
    {
        object instance = Activator.CreateInstance(type)!;
        Parameter(type)?.SetValue(instance, parameter);
        CallAll<GlobalSetupAttribute>(instance);
        try
        {
            foreach (object?[] arguments in Arguments(benchmark))
                (benchmark.Invoke(instance, arguments) as Task)?.GetAwaiter().GetResult();
        }
        finally
        {
            CallAll<GlobalCleanupAttribute>(instance);
        }
    }

    private static IEnumerable<object?[]> Arguments(MethodInfo benchmark) =>
        benchmark.GetParameters().Length == 0 ? [[]] : benchmark.GetCustomAttributes<ArgumentsAttribute>().Select(static arguments => arguments.Values);

    private static void CallAll<T>(object instance)
        where T : Attribute
    {
        foreach (MethodInfo method in instance.GetType().GetMethods().Where(static method => method.IsDefined(typeof(T))))
            method.Invoke(instance, []);
    }
}
