using System.Runtime.InteropServices;
using DotNetty.Transport.Channels;
using DotNetty.Transport.Channels.Sockets;

namespace EsockdNetty.Interop;

/// <summary>What the system says of a channel's descriptor. Asks poll(2), which takes nothing away: whoever reads later sees the same.</summary>
internal static partial class DescriptorState
{
    private const short PollInput = 1;
    private const short PollError = 8;

    /// <summary>
    /// True when the connection has failed, which for one just accepted means that its client has reset it. A client that has said its last word
    /// (FIN) may still want an answer. False where there are no descriptors.
    /// </summary>
    public static bool IsBroken(IChannel channel) => (Ask(channel) & PollError) > 0;

    /// <summary>Whether there is something to read, which of a listening socket is a client to accept; null where there are no descriptors.</summary>
    public static bool? HasInput(IChannel channel) => Ask(channel) is { } happened ? (happened & PollInput) > 0 : null;

    private static int? Ask(IChannel channel)
    {
        if (OperatingSystem.IsWindows() || channel is not IDescriptorChannel { Descriptor: var descriptor and >= 0 })
        {
            return null;
        }

        // It fails for no reason that could occur here (EFAULT, EINVAL, ENOMEM), and then nothing is known. Errors need not be asked for.
        var asked = new PollDescriptor { Descriptor = descriptor, Asked = PollInput };
        return Poll(ref asked, 1, 0) >= 0 ? asked.Happened : null;
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
