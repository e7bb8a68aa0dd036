#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>What a timeout runs. It holds up the timer's thread, so it is short; what it throws is logged.</summary>
public interface ITimerTask
{
    void Run(ITimeout timeout);
}
