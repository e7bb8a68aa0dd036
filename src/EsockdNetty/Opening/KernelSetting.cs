using System.Globalization;

namespace EsockdNetty.Opening;

/// <summary>Settings of the Linux kernel (sysctl(8)).</summary>
internal static class KernelSetting
{
    /// <summary>The bit of net.ipv4.tcp_fastopen that lets servers take data in a SYN.</summary>
    public const int FastOpenServer = 2;

    /// <summary>What every fast open queue, as every backlog, is cut to.</summary>
    public static int? SoMaxConn => Read("net.core.somaxconn");

    /// <summary>Who may send data in a SYN, as bits.</summary>
    public static int? FastOpen => Read("net.ipv4.tcp_fastopen");

    /// <summary>The first and the last port of outgoing connections; null where the system does not say.</summary>
    public static (int First, int Last)? OutgoingPorts
    {
        get
        {
            string[] numbers = ReadText("net.ipv4.ip_local_port_range")?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
            return numbers.Length == 2 && int.TryParse(numbers[0], out int first) && int.TryParse(numbers[1], out int last) ? (first, last) : null;
        }
    }

    /// <summary>The number of that name; null where the system has none, or does not say.</summary>
    public static int? Read(string name) => int.TryParse(ReadText(name), CultureInfo.InvariantCulture, out int value) ? value : null;

    private static string? ReadText(string name)
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.ReadAllText($"/proc/sys/{name.Replace('.', '/')}") : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
