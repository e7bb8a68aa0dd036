using System.Runtime.InteropServices;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace EsockdNetty.Interop;

/// <summary>What the system says of a connection's descriptor.</summary>
internal static partial class DescriptorState
{
    private const short PollError = 8;

    /// <summary>
    /// True when the connection has failed, which for one just accepted means that its client has reset it. A client that has said its last word
    /// (FIN) may still want an answer. Asks poll(2), which takes nothing away: whoever reads later sees the error. False where there are no descriptors.
    /// </summary>
    public static bool IsBroken(IChannel channel)
    {
        if (OperatingSystem.IsWindows() || channel is not IDescriptorChannel { Descriptor: var descriptor and >= 0 })
        {
            return false;
        }

        // Errors need not be asked for. It fails for no reason that could occur here (EFAULT, EINVAL, ENOMEM), and then nothing is known.
        var asked = new PollDescriptor { Descriptor = descriptor };
        return Poll(ref asked, 1, 0) == 1 && (asked.Happened & PollError) != 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Asked;
        public short Happened;
    }
}
