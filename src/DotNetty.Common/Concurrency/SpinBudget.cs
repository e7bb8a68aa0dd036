#nullable disable
using System.Diagnostics;

namespace DotNetty.Common.Concurrency;

/// <summary>
/// When an event loop looks again before it lets the system put it to sleep: while the last waits were short, and as long as looking finds something.
/// </summary>
/// <remarks>
/// To fall asleep and be woken costs some 10 to 20 µs of processor time, and about as much until the loop runs again: twice that where another
/// thread brings the news. A look ends after as long, so it never costs much more than the sleep it did not avoid; it is begun while the last waits
/// were on average below twice its length, since a wait that was slept through contains the waking. Looks in vain are what it costs where somebody
/// else wants the processor, above all a peer that is held to the same one: after three of them it rests for 16 waits, and twice as many after each
/// further one.
/// </remarks>
internal sealed class SpinBudget
{
    /// <summary>The AppContext switch: true lets a loop look on any machine, false none; without it the processors decide.</summary>
    internal const string Switch = "EsockdNetty.Spin";

    internal const int MostInVain = 3;
    internal const int ShortestRest = 16;
    internal const int LongestRest = 4096;
    internal const int Waits = 8;

    private static int _spinning;

    private readonly int _mostSpinning;
    private readonly long _longest;
    private readonly long _short;
    private readonly long[] _lengths = new long[Waits];
    private long _sum;
    private int _next;
    private int _inVain;
    private int _rest;
    private int _nextRest = ShortestRest;

    /// <summary>For a loop, as the switch has it now.</summary>
    /// <param name="mostSpinning">How many loops of the process may look at a time where the switch is not set.</param>
    /// <param name="longest">How long a look may take.</param>
    public SpinBudget(int mostSpinning, TimeSpan longest)
    {
        bool isSet = AppContext.TryGetSwitch(Switch, out bool isOn);
        _mostSpinning = !isSet ? mostSpinning : isOn ? Math.Max(1, mostSpinning) : 0;
        _longest = PreciseTimeSpan.FromTimeSpan(longest).Ticks;
        _short = 2 * _longest;
        _sum = Waits * _short;
        Array.Fill(_lengths, _short);
    }

    /// <summary>Looks as long as it is worth it.</summary>
    /// <param name="look">One look: true when there is work.</param>
    /// <returns>Whether there is; false when the loop should sleep.</returns>
    public bool Spin(Func<bool> look)
    {
        if (!Wants() || !TryEnter())
        {
            return false;
        }

        try
        {
            return Look(look);
        }
        finally
        {
            Interlocked.Decrement(ref _spinning);
        }
    }

    /// <summary>Keeps the length of a wait, spun or slept through.</summary>
    public void Waited(PreciseTimeSpan wait)
    {
        if (_mostSpinning == 0)
        {
            return;
        }

        long length = Math.Min(wait.Ticks, 1000 * _short);
        _sum += length - _lengths[_next];
        _lengths[_next] = length;
        _next = (_next + 1) % Waits;
    }

    // Asked once a wait: it counts the rest.
    private bool Wants()
    {
        if (_mostSpinning == 0 || _sum >= Waits * _short)
        {
            return false;
        }

        if (_rest == 0)
        {
            return true;
        }

        _rest--;
        return false;
    }

    private void Found()
    {
        _inVain = 0;
        _nextRest = ShortestRest;
    }

    private void FoundNothing()
    {
        if (++_inVain < MostInVain)
        {
            return;
        }

        _rest = _nextRest;
        _nextRest = Math.Min(2 * _nextRest, LongestRest);
    }

    private bool TryEnter()
    {
        if (Interlocked.Increment(ref _spinning) <= _mostSpinning)
        {
            return true;
        }

        Interlocked.Decrement(ref _spinning);
        return false;
    }

    private bool Look(Func<bool> look)
    {
        long end = Stopwatch.GetTimestamp() + _longest;
        do
        {
            if (look())
            {
                Found();
                return true;
            }
        }
        while (Stopwatch.GetTimestamp() < end);

        FoundNothing();
        return false;
    }
}
