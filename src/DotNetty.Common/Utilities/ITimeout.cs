#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>A task on its way in an <see cref="ITimer"/>.</summary>
public interface ITimeout
{
    ITimer Timer { get; }

    ITimerTask Task { get; }

    /// <summary>Its time has come: the task runs or has run.</summary>
    bool Expired { get; }

    bool Canceled { get; }

    /// <summary>Takes the task back.</summary>
    /// <returns>False when it expired or was cancelled before.</returns>
    bool Cancel();
}
