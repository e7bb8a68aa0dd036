#nullable disable
using System.Security.Cryptography;

namespace DotNetty.Common;

/// <summary>What tells this process from others.</summary>
public static class Platform
{
    private const int DeviceIdLength = 8;

    private static readonly byte[] DeviceId = RandomNumberGenerator.GetBytes(DeviceIdLength);

    public static int GetCurrentProcessId() => Environment.ProcessId;

    /// <summary>Eight bytes, drawn once a process: in containers hardware addresses repeat.</summary>
    public static byte[] GetDefaultDeviceId() => [.. DeviceId];
}
