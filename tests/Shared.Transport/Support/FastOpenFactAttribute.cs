namespace DotNetty.Transport.TestSupport;

/// <summary>A fact that needs bits of net.ipv4.tcp_fastopen (1 for clients, 2 for servers): skipped, with the reason printed, where they are not set.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FastOpenFactAttribute : FactAttribute
{
    private const string Setting = "/proc/sys/net/ipv4/tcp_fastopen";

    public FastOpenFactAttribute(int bits)
    {
        Bits = bits;
        if (!IsAllowed(bits))
        {
            Skip = $"net.ipv4.tcp_fastopen is {Known} and lacks bits of {bits}";
            Console.WriteLine($"skipped: {Skip}");
        }
    }

    public int Bits { get; }

    private static int Known => File.Exists(Setting) ? int.Parse(File.ReadAllText(Setting)) : 0;

    public static bool IsAllowed(int bits) => (Known & bits) == bits;
}
