using System.Diagnostics;

namespace DotNetty.Transport.Epoll;

/// <summary>
/// When a loop looks again before it lets the system put it to sleep: only while the last waits were short, on a machine with a processor to
/// spare, and not again after a few looks in vain. A wake-up costs more than such a wait.
/// </summary>
internal sealed class SpinBudget
{
    /// <summary>The AppContext switch that turns it off when it is false.</summary>
    internal const string Switch = "EsockdNetty.Epoll.Spin";

    private const int MostLooks = 100;
    private const int MostInVain = 3;
    private const int Waits = 8;

    private static readonly long Longest = Stopwatch.Frequency * 50 / 1_000_000;
    private static readonly long Short = Stopwatch.Frequency * 20 / 1_000_000;
    private static readonly int MostSpinning = Environment.ProcessorCount / 2;

    private static int _spinning;

    private readonly bool _isOn;
    private readonly long[] _lengths = new long[Waits];
    private long _sum = Waits * Short;
    private int _next;
    private int _inVain;

    /// <summary>For a loop, as the switch has it now.</summary>
    public SpinBudget()
    {
        _isOn = !AppContext.TryGetSwitch(Switch, out bool isOn) || isOn;
        Array.Fill(_lengths, Short);
    }

    /// <summary>Looks as long as it is worth it.</summary>
    /// <returns>What the look found; 0 when the loop should sleep.</returns>
    public int Spin(EpollSet set)
    {
        if (!_isOn || _sum >= Waits * Short || _inVain >= MostInVain || !TryEnter())
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
        if (length < Short)
        {
            _inVain = 0;
        }
    }

    private static bool TryEnter()
    {
        if (Interlocked.Increment(ref _spinning) <= MostSpinning)
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
                return count;
            }

            if (Stopwatch.GetTimestamp() >= end)
            {
                break;
            }
        }

        _inVain++;
        return 0;
    }
}
