using System.Text;

namespace EsockdNetty.EndToEndTests.Peers;

/// <summary>All that a program has written to one of its streams, and a way to wait for more.</summary>
internal sealed class CapturedText
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private TaskCompletionSource _changed = New();
    private bool _ended;

    public string Text
    {
        get
        {
            lock (_lock)
                return _text.ToString();
        }
    }

    public async Task CaptureAsync(StreamReader reader)
    {
        char[] piece = new char[4096];
        while (await reader.ReadAsync(piece) is > 0 and var count)
            Change(() => _text.Append(piece, 0, count));
        Change(() => _ended = true);
    }

    /// <summary>True once the text satisfies the condition; false when the stream or the time ends first.</summary>
    public async Task<bool> UntilAsync(Func<string, bool> condition, CancellationToken deadline)
    {
        while (true)
        {
            Task changed;
            bool ended;
            lock (_lock)
                (changed, ended) = (_changed.Task, _ended);

            if (condition(Text))
                return true;
            if (ended || await Task.WhenAny(changed, Task.Delay(Timeout.Infinite, deadline)) != changed)
                return false;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            (changed, _changed) = (_changed, New());
        }

        changed.SetResult();
    }
}
