namespace DotNetty.Common.Tests;

public sealed class FastThreadLocalTests
{
    [Fact]
    public void Makes_the_value_at_the_first_read_and_keeps_it() => OnNewThread(() =>
    {
        var variable = new Variable();

        Assert.False(variable.IsSet());
        Assert.Same(variable.Value, variable.Value);
        Assert.True(variable.IsSet());
        Assert.Equal(1, FastThreadLocal<string>.Count);
    });

    [Fact]
    public void Has_a_value_a_thread()
    {
        var variable = new Variable();
        object? first = null, second = null;

        OnNewThread(() => first = variable.Value);
        OnNewThread(() => second = variable.Value);

        Assert.NotSame(first, second);
    }

    [Fact]
    public void Removes_with_clean_up() => OnNewThread(() =>
    {
        var variable = new Variable();
        var value = variable.Value;

        variable.Remove();

        Assert.Same(value, variable.Removed);
        Assert.False(variable.IsSet());
        Assert.NotSame(value, variable.Value);
    });

    [Fact]
    public void Removes_all_values_of_the_thread() => OnNewThread(() =>
    {
        var variables = Enumerable.Range(0, 100).Select(_ => new Variable()).ToArray();
        var values = variables.Select(variable => variable.Value).ToArray();

        FastThreadLocal.RemoveAll();

        Assert.Equal(values, variables.Select(variable => variable.Removed));
        Assert.All(variables, variable => Assert.False(variable.IsSet()));
        Assert.Equal(0, FastThreadLocal<object>.Count);
    });

    private static void OnNewThread(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action));
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromSeconds(5)));
        Assert.Null(failure);
    }

    private sealed class Variable : FastThreadLocal<object>
    {
        public object? Removed { get; private set; }

        protected override object GetInitialValue() => new();

        protected override void OnRemoval(object value) => Removed = value;
    }
}
