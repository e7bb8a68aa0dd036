namespace EsockdNetty.Opening;

/// <summary>What the system cuts every backlog to.</summary>
internal static class BacklogLimit
{
    /// <summary>net.core.somaxconn; null where the system does not say.</summary>
    public static int? Current
    {
        get
        {
            try
            {
                return OperatingSystem.IsLinux() && int.TryParse(File.ReadAllText("/proc/sys/net/core/somaxconn"), out int most) ? most : null;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
