#nullable disable

namespace DotNetty.Transport.Channels.Sockets;

/// <summary>How many connections may be accepted in one round: as many as the allocator says, and as every budget has room for.</summary>
public abstract partial class AbstractServerSocketChannel
{
    // Asked from the last to the first, as outbound events pass the stages that added them.
    private IAcceptBudget[] _budgets = [];

    /// <summary>Accepts from now on only what <paramref name="budget"/> has room for. Those that were added before are asked after it. On the loop only.</summary>
    public void AddAcceptBudget(IAcceptBudget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        _budgets = [.. _budgets, budget];
    }

    /// <summary>Asks it no more. On the loop only.</summary>
    public void RemoveAcceptBudget(IAcceptBudget budget) => _budgets = Array.FindAll(_budgets, other => other != budget);

    /// <summary>Holds places for up to so many connections with every budget; with none there is one that waits.</summary>
    private int Reserve(int most)
    {
        for (int i = _budgets.Length - 1; i >= 0; i--)
        {
            int held = _budgets[i].Reserve(most);
            if (held == 0)
            {
                // They are waited for in one order, so that a place held meanwhile never stands in the way of the one that is missing.
                Keep(1, i + 1);
                return 0;
            }

            most = Math.Min(most, held);
        }

        Keep(most, 0);
        return most;
    }

    private void Keep(int count, int first)
    {
        for (int i = _budgets.Length - 1; i >= first; i--)
        {
            _budgets[i].Keep(count);
        }
    }
}
