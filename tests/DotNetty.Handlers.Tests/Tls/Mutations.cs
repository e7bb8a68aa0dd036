namespace DotNetty.Handlers.Tests.Tls;

/// <summary>Damages a byte stream in a way that a seed decides.</summary>
internal sealed class Mutations(Random random, byte[][] flights)
{
    /// <summary>A stream that began as one of the flights; one in ten is noise from the start.</summary>
    public byte[] Next()
    {
        if (random.Next(10) == 0)
        {
            return Noise(random.Next(1, 400));
        }

        byte[] stream = flights[random.Next(flights.Length)];
        for (int i = random.Next(4); i >= 0; i--)
        {
            stream = Damage(stream);
        }

        return stream;
    }

    /// <summary>The stream in one to four pieces.</summary>
    public IEnumerable<byte[]> Cut(byte[] stream)
    {
        int most = Math.Max(1, stream.Length / random.Next(1, 5));
        return stream.Chunk(most);
    }

    private byte[] Damage(byte[] stream)
    {
        int at = random.Next(stream.Length + 1);
        int length = Math.Min(random.Next(1, 32), stream.Length - at);
        return random.Next(8) switch
        {
            0 => Changed(stream, at, value => (byte)(value ^ (1 << random.Next(8)))),
            1 => Changed(stream, at, _ => (byte)random.Next(256)),
            2 => Changed(stream, random.Next(10), _ => (byte)random.Next(256)),
            3 => [.. stream[..at], .. stream[(at + length)..]],
            4 => [.. stream[..(at + length)], .. stream[at..]],
            5 => [.. stream[..at], .. Noise(random.Next(1, 64)), .. stream[at..]],
            6 => stream[..at],
            _ => [.. stream, .. Record()],
        };
    }

    // A header that looks right, with any type and anything in it.
    private byte[] Record()
    {
        byte[] body = Noise(random.Next(0, 300));
        return [(byte)random.Next(20, 24), 3, 3, (byte)(body.Length >> 8), (byte)body.Length, .. body];
    }

    private static byte[] Changed(byte[] stream, int at, Func<byte, byte> change)
    {
        byte[] changed = [.. stream];
        if (at < changed.Length)
        {
            changed[at] = change(changed[at]);
        }

        return changed;
    }

    private byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }
}
