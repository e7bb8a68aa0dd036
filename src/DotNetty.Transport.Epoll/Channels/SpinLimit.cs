using System.Numerics;
using DotNetty.Transport.Epoll.Interop;

namespace DotNetty.Transport.Epoll;

/// <summary>How many loops of the process may look for events at the same time, instead of sleeping.</summary>
internal static class SpinLimit
{
    // Room for the masks of kernels with 8,192 processors; a smaller one is an error there.
    private const int MaskBytes = 1024;

    public static int Read() => Of(Environment.ProcessorCount, Allowed(), Libc.SystemConfiguration(Constants.OnlineProcessors));

    /// <summary>
    /// One for every two processors that the process may use. A process that is held to a single one may have one loop look where the machine has
    /// others, on which its peers are; but not one whose quota is less than two processors' time: looking would use up what the work needs.
    /// </summary>
    /// <param name="usable">Processors as .NET counts them: by affinity and by quota.</param>
    /// <param name="allowed">By affinity alone.</param>
    /// <param name="online">The machine's.</param>
    public static int Of(int usable, int allowed, nint online)
    {
        if (usable >= 2)
        {
            return usable / 2;
        }

        return allowed == 1 && online >= 2 ? 1 : 0;
    }

    // The calling thread's, which is the process's as long as nobody has changed it. 0 when the system does not tell.
    private static unsafe int Allowed()
    {
        ulong* mask = stackalloc ulong[MaskBytes / sizeof(ulong)];
        if (Libc.Affinity(0, MaskBytes, mask) != 0)
        {
            return 0;
        }

        int count = 0;
        for (int i = 0; i < MaskBytes / sizeof(ulong); i++)
        {
            count += BitOperations.PopCount(mask[i]);
        }

        return count;
    }
}
