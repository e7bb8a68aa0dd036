using System.Diagnostics;

namespace DotNetty.Transport.Epoll;

/// <summary>
/// When a loop looks again before it lets the system put it to sleep: while the last waits were short, and as long as looking finds something.
/// </summary>
/// <remarks>
/// To fall asleep and be woken costs some 10 to 20 µs of processor time, and about as much until the loop runs again. A look ends after 20 µs,
/// so it never costs much more than the sleep it did not avoid; it is begun while the last waits were on average below 40 µs, since a wait that was
/// slept through contains the waking. Looks in vain are what it costs where somebody else wants the processor, above all a peer that is held to
/// the same one: after three of them it rests for 16 waits, and twice as many after each further one.
/// </remarks>
internal sealed class SpinBudget
{
    /// <summary>The AppContext switch: true lets a loop look on any machine, false none; without it the processors decide.</summary>
    internal const string Switch = "EsockdNetty.Epoll.Spin";

    internal const int MostInVain = 3;
    internal const int ShortestRest = 16;
    internal const int LongestRest = 4096;
    internal const int Waits = 8;

    private const int MostLooks = 100;

    private static readonly long Longest = Stopwatch.Frequency * 20 / 1_000_000;
    private static readonly long Short = Stopwatch.Frequency * 40 / 1_000_000;

    // One for every two processors that the process may use: on a single one, looking doubles the rate of one connection's round trips for a third
    // more processor time a message, and takes that time from the work.
    private static readonly int MostByProcessors = Environment.ProcessorCount / 2;

    private static int _spinning;

    private readonly int _mostSpinning;
    private readonly long[] _lengths = new long[Waits];
    private long _sum = Waits * Short;
    private int _next;
    private int _inVain;
    private int _rest;
    private int _nextRest = ShortestRest;

    /// <summary>For a loop, as the switch has it now.</summary>
    public SpinBudget()
    {
        bool isSet = AppContext.TryGetSwitch(Switch, out bool isOn);
        _mostSpinning = !isSet ? MostByProcessors : isOn ? Math.Max(1, MostByProcessors) : 0;
        Array.Fill(_lengths, Short);
    }

    /// <summary>Looks as long as it is worth it.</summary>
    /// <returns>What the look found; 0 when the loop should sleep.</returns>
    public int Spin(EpollSet set)
    {
        if (!Wants() || !TryEnter())
        {
            return 0;
        }

        try
        {
            return Look(set);
        }
        finally
        {
            Interlocked.Decrement(ref _spinning);
        }
    }

    /// <summary>Keeps the length of a wait, spun or slept through.</summary>
    public void Waited(long timestamps)
    {
        long length = Math.Min(timestamps, 1000 * Short);
        _sum += length - _lengths[_next];
        _lengths[_next] = length;
        _next = (_next + 1) % Waits;
    }

    /// <summary>Whether the next wait is worth a look. Asked once a wait: it counts the rest.</summary>
    internal bool Wants()
    {
        if (_mostSpinning == 0 || _sum >= Waits * Short)
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

    internal void Found()
    {
        _inVain = 0;
        _nextRest = ShortestRest;
    }

    internal void FoundNothing()
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

    private int Look(EpollSet set)
    {
        long end = Stopwatch.GetTimestamp() + Longest;
        for (int look = 0; look < MostLooks; look++)
        {
            int count = set.Wait(0);
            if (count > 0)
            {
                Found();
                return count;
            }

            if (Stopwatch.GetTimestamp() >= end)
            {
                break;
            }
        }

        FoundNothing();
        return 0;
    }
}
