using System.Net;
using System.Net.Sockets;
using EsockdNetty.Opening;

namespace EsockdNetty;

/// <summary>What is wrong with <see cref="SocketOptions"/>, as far as it can be told without a socket.</summary>
internal sealed class SocketOptionsCheck(SocketOptions options, OptionFaults faults)
{
    private const int MostProbes = 127;
    private const UnixFileMode EveryPermission = (UnixFileMode)0b111_111_111;
    private static readonly (int Level, int Name) LingerCode = (1, 13);
    private static readonly (int Level, int Name) V6OnlyCode = (41, 26);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestKeepAlive = TimeSpan.FromSeconds(32_767);
    private static readonly TimeSpan LongestDeferral = TimeSpan.FromSeconds(29_887);
    private static readonly TimeSpan LongestUserTimeout = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <param name="address">Null where it is not known, or wrong: what depends on it is not judged.</param>
    public void Run(ListenAddress? address)
    {
        CheckValues();
        CheckKeepAlive(isWhole: address is not null);
        foreach (Given given in AllGiven())
        {
            CheckPlace(given, address is { IsUnix: true });
        }

        CheckV6Only(address);
        CheckRaw();
    }

    private void CheckValues()
    {
        faults.AtLeast("Socket:Backlog", options.Backlog, 1);
        faults.AtLeast("Socket:ReceiveBufferSize", options.ReceiveBufferSize, 1);
        faults.AtLeast("Socket:SendBufferSize", options.SendBufferSize, 1);
        CheckTime("Socket:UserTimeout", options.UserTimeout, TimeSpan.FromMilliseconds(1), LongestUserTimeout);
        CheckTime("Socket:DeferAccept", options.DeferAccept, Second, LongestDeferral);
        if (options.Linger is { } linger && linger != TimeSpan.Zero)
        {
            faults.Add("Socket:Linger", linger, "use 00:00:00 to reset what our own close leaves, or leave it out: a close that waits in the system would hold its loop");
        }

        if (options.Ttl is { } hops)
        {
            faults.Within("Socket:Ttl", hops, 1, 255);
        }

        if (options.Tos is { } service && (service is < 0 or > 252 || service % 4 != 0))
        {
            faults.Add("Socket:Tos", service, "use 0 to 252 in steps of 4: the two low bits are TCP's");
        }

        if ((options.UnixMode & ~EveryPermission) != 0)
        {
            faults.Add("Socket:UnixMode", options.UnixMode, "use permissions only, 0000 to 0777");
        }

        CheckFastOpen();
    }

    // A host name may become either.
    private void CheckV6Only(ListenAddress? address)
    {
        if (options.OwnV6Only is { } only && address is not null && address.EndPoint is not (DnsEndPoint or IPEndPoint { AddressFamily: AddressFamily.InterNetworkV6 }))
        {
            faults.Add("Socket:V6Only", only, "only a socket that is bound to an IPv6 address has it: leave it out, or listen at [::]");
        }
    }

    private void CheckFastOpen()
    {
        if (options.FastOpen is not { } queue)
        {
            return;
        }

        faults.Within("Socket:FastOpen", queue, 1, KernelSetting.SoMaxConn ?? int.MaxValue);
        if (KernelSetting.FastOpen is { } bits && (bits & KernelSetting.FastOpenServer) == 0)
        {
            faults.Add("Socket:FastOpen", queue, "the system takes no data in a SYN: add 2 to net.ipv4.tcp_fastopen, or leave it out");
        }
    }

    // General values are completed by those of each listener: the probes may be switched on there.
    private void CheckKeepAlive(bool isWhole)
    {
        CheckTime("Socket:KeepAliveIdle", options.KeepAliveIdle, Second, LongestKeepAlive);
        CheckTime("Socket:KeepAliveInterval", options.KeepAliveInterval, Second, LongestKeepAlive);
        if (options.KeepAliveCount is { } probes)
        {
            faults.Within("Socket:KeepAliveCount", probes, 1, MostProbes);
        }

        if (isWhole && !options.KeepAlive)
        {
            NeedsKeepAlive("Socket:KeepAliveIdle", options.KeepAliveIdle);
            NeedsKeepAlive("Socket:KeepAliveInterval", options.KeepAliveInterval);
            NeedsKeepAlive("Socket:KeepAliveCount", options.KeepAliveCount);
        }
    }

    private void NeedsKeepAlive(string option, object? value)
    {
        if (value is not null)
        {
            faults.Add(option, value, "does nothing without probes: set Socket:KeepAlive to true, or leave it out");
        }
    }

    private void CheckTime(string option, TimeSpan? value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            faults.Add(option, value, $"use {least.TotalSeconds:0.###} s to {most.TotalSeconds:0.###} s");
        }
    }

    private void CheckPlace(Given given, bool isUnix)
    {
        if (isUnix)
        {
            faults.Add(given.Option, given.Value, "a unix socket has no such option: leave it out");
        }
        else if (given.LinuxOnly && !OperatingSystem.IsLinux())
        {
            faults.Add(given.Option, given.Value, "only Linux has it: leave it out here");
        }
    }

    private void CheckRaw()
    {
        var seen = new HashSet<(int Level, int Name, RawOptionTarget Target)>();
        Given[] named = [.. AllGiven()];
        foreach (RawOption? raw in options.Raw)
        {
            if (raw is null)
            {
                faults.Add("Socket:Raw", null, "use new RawOption(level, name, value)");
            }
            else if (!Enum.IsDefined(raw.Target))
            {
                faults.Add("Socket:Raw", raw, $"use {string.Join(" or ", Enum.GetNames<RawOptionTarget>())} as its target");
            }
            else if (!seen.Add((raw.Level, raw.Name, raw.Target)))
            {
                faults.Add("Socket:Raw", raw, "it is there twice: leave one out");
            }
            else if (OperatingSystem.IsLinux())
            {
                CheckName(raw, named);
            }
        }
    }

    // The numbers are those of Linux.
    private void CheckName(RawOption raw, Given[] named)
    {
        if (named.FirstOrDefault(given => given.Level == raw.Level && given.Name == raw.Name) is { } other)
        {
            faults.Add("Socket:Raw", raw, $"{other.Option} sets the same: leave one out");
        }
        else if ((raw.Level, raw.Name) == V6OnlyCode)
        {
            faults.Add("Socket:Raw", raw, "use Socket:V6Only");
        }
        else if ((raw.Level, raw.Name) == LingerCode)
        {
            faults.Add("Socket:Raw", raw, "a close that waits in the system would hold its loop: use Socket:Linger");
        }
    }

    private IEnumerable<Given> AllGiven()
    {
        Given?[] all =
        [
            Given.If("Socket:KeepAlive", options.KeepAlive ? true : null, 1, 9),
            Given.If("Socket:KeepAliveIdle", options.KeepAliveIdle, 6, 4),
            Given.If("Socket:KeepAliveInterval", options.KeepAliveInterval, 6, 5),
            Given.If("Socket:KeepAliveCount", options.KeepAliveCount, 6, 6),
            Given.If("Socket:UserTimeout", options.UserTimeout, 6, 18, linuxOnly: true),
            Given.If("Socket:Linger", options.Linger, 1, 13),
            Given.If("Socket:DeferAccept", options.DeferAccept, 6, 9, linuxOnly: true),
            Given.If("Socket:QuickAck", options.QuickAck, 6, 12, linuxOnly: true),
            Given.If("Socket:FastOpen", options.FastOpen, 6, 23, linuxOnly: true),
            Given.If("Socket:Ttl", options.Ttl, 0, 2),
            Given.If("Socket:Tos", options.Tos, 0, 1, linuxOnly: true),
        ];
        return all.OfType<Given>();
    }

    /// <summary>An option of TCP or IP that was given, and the numbers Linux knows it by.</summary>
    private sealed record Given(string Option, object Value, int Level, int Name, bool LinuxOnly)
    {
        public static Given? If(string option, object? value, int level, int name, bool linuxOnly = false) =>
            value is null ? null : new Given(option, value, level, name, linuxOnly);
    }
}
