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

    /// <summary>The number of that name; null where the system has none, or does not say.</summary>
    public static int? Read(string name)
    {
        try
        {
            return OperatingSystem.IsLinux()
                && int.TryParse(File.ReadAllText($"/proc/sys/{name.Replace('.', '/')}"), CultureInfo.InvariantCulture, out int value)
                    ? value
                    : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
