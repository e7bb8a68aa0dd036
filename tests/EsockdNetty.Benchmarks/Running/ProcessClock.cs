using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EsockdNetty.Benchmarks.Running;

/// <summary>
/// The processor time of another process, user and system, of all its threads dead and alive, by the kernel's own clock of that process
/// (clock_getcpuclockid(3)): what /proc/PID/stat tells in ticks of 10 ms, this tells in nanoseconds.
/// </summary>
internal static partial class ProcessClock
{
    // The clock that counts what the scheduler gave, for the process: see "CPUCLOCK_SCHED" in the kernel's posix-timers.h.
    private const int SchedulerClock = 2;

    /// <summary>Zero for process 0: nobody's.</summary>
    /// <exception cref="InvalidOperationException">There is no such process.</exception>
    public static TimeSpan Read(int processId)
    {
        if (processId == 0)
            return TimeSpan.Zero;
        if (!OperatingSystem.IsLinux())
            return Elsewhere(processId);
        if (clock_gettime((~processId << 3) | SchedulerClock, out TimeSpec time) != 0)
            throw new InvalidOperationException($"process {processId} has ended");

        return TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick));
    }

    private static TimeSpan Elsewhere(int processId)
    {
        using Process process = Process.GetProcessById(processId);
        return process.TotalProcessorTime;
    }

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
