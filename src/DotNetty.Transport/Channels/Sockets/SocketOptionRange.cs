namespace DotNetty.Transport.Channels.Sockets;

/// <summary>The values the system takes whole. What it would refuse, or cut without a word, is an exception that names option and range.</summary>
internal static class SocketOptionRange
{
    /// <summary>Bytes of a buffer of the system's, which it raises to its least and cuts to its most.</summary>
    public static int CheckBuffer(ChannelOption option, int bytes) => Check(option, bytes, 0, int.MaxValue);

    public static int Check(ChannelOption option, int value, int least, int most) =>
        value >= least && value <= most
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{option} takes {least} to {most}.");

    /// <summary>The time in the unit the system counts in, the begun one included: it never waits less than was asked for.</summary>
    public static int Check(ChannelOption option, TimeSpan value, TimeSpan unit, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"{option} takes {Tell(least)} to {Tell(most)}.");
        }

        long whole = value.Ticks / unit.Ticks;
        return (int)(value.Ticks % unit.Ticks == 0 ? whole : whole + 1);
    }

    /// <summary>Any number below zero means no lingering.</summary>
    public static int CheckLinger(int seconds) => seconds < 0 ? -1 : Check(ChannelOption.SoLinger, seconds, -1, ushort.MaxValue);

    private static string Tell(TimeSpan time) => $"{time.TotalSeconds:0.###} s";
}
