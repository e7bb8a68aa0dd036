#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>A timer task from a delegate.</summary>
public class ActionTimerTask : ITimerTask
{
    private readonly Action<ITimeout> _action;

    public ActionTimerTask(Action<ITimeout> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        _action = action;
    }

    public void Run(ITimeout timeout) => _action(timeout);
}
